import Encoding
import Kernel
import Quantities

/// M5, management of distributed energy resources: what areas will take and produce, how their grid is, what consumers
/// are told, what batteries do.
public struct DERManagement: Module, MemberObject {
  /// M5.
  public static let id = ModuleID.resources

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<DERManagement>.Type] = [
    SharePredicted.self, DemandPredicted.self, ProductionPredicted.self, SurplusPredicted.self,
    GenerationPredicted.self, SignalIssued.self, GridAssessed.self, BottleneckDetected.self, PowerLimited.self,
    CountermeasureCalculated.self, BatteryReported.self,
  ]

  /// The members.
  public static let members = Members(
    Self.init(forecasts:grid:batteries:), Member("forecasts", \.forecasts), Member("grid", \.grid),
    Member("batteries", \.batteries))

  var forecasts: Forecasts
  var grid: GridState
  var batteries: Table<BatteryState>

  /// Before anything is known.
  public init() { self.init(forecasts: Forecasts(), grid: GridState(), batteries: Table()) }

  private init(forecasts: Forecasts, grid: GridState, batteries: Table<BatteryState>) {
    (self.forecasts, self.grid, self.batteries) = (forecasts, grid, batteries)
  }

  /// What consumers in `area` are told.
  public func signal(in area: AreaID) -> SignalIssued? { grid.signals[area] }
}
