import Encoding
import Kernel
import Quantities

/// M4, home and tertiary real-time energy monitoring: quarter-hours of meters, plugs and climate, plans of devices, and
/// real against optimal use. Raw readings stay off the log.
public struct EnergyMonitoring: Module, MemberObject {
  /// M4.
  public static let id = ModuleID.monitoring

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<EnergyMonitoring>.Type] = [
    MonitorRecorded.self, ClimateRecorded.self, ForecastAdjusted.self, SchedulePlanned.self, BehaviourAssessed.self,
  ]

  /// The members.
  public static let members = Members(
    Self.init(monitors:climates:forecasts:schedules:behaviours:), Member("monitors", \.monitors),
    Member("climates", \.climates), Member("forecasts", \.forecasts), Member("schedules", \.schedules),
    Member("behaviours", \.behaviours))

  var monitors: Table<MonitorSeries>
  var climates: Table<ClimateSeries>
  var forecasts: Table<ForecastAdjusted>
  var schedules: Table<SchedulePlanned>
  var behaviours: Table<BehaviourRecord>

  /// Before anything was measured.
  public init() {
    self.init(monitors: Table(), climates: Table(), forecasts: Table(), schedules: Table(), behaviours: Table())
  }

  private init(
    monitors: Table<MonitorSeries>, climates: Table<ClimateSeries>, forecasts: Table<ForecastAdjusted>,
    schedules: Table<SchedulePlanned>, behaviours: Table<BehaviourRecord>
  ) {
    (self.monitors, self.climates, self.forecasts) = (monitors, climates, forecasts)
    (self.schedules, self.behaviours) = (schedules, behaviours)
  }

  /// What `device` measured.
  public func series(of device: DeviceID, _ channel: Channel) -> SlotSeries<Energy> {
    monitors[MonitorSeries.Key(device: device, channel: channel)]?.energy ?? SlotSeries()
  }
}
