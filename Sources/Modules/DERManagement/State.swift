import Encoding
import Kernel
import Quantities

/// A battery's last report, and what it stored and gave back for two days.
public struct BatteryState: TableRow {
  /// The members.
  public static let members = Members(
    Self.init, Member("device", \.device), Member("capacity", \.capacity), Member("charge", \.charge),
    Member("stored", \.stored), Member("given", \.given))

  let device: DeviceID
  var capacity: Energy
  var charge: Measure<PerMille>
  var stored: SlotSeries<Energy>
  var given: SlotSeries<Energy>

  init(
    device: DeviceID, capacity: Energy, charge: Measure<PerMille>, stored: SlotSeries<Energy>, given: SlotSeries<Energy>
  ) {
    (self.device, self.capacity, self.charge, self.stored, self.given) = (device, capacity, charge, stored, given)
  }

  /// The battery.
  public var key: DeviceID { device }
}

/// What M5 expects: the newest forecast of each kind, area and device.
public struct Forecasts: MemberObject {
  /// The members.
  public static let members = Members(
    Self.init, Member("shares", \.shares), Member("demands", \.demands), Member("productions", \.productions),
    Member("surpluses", \.surpluses), Member("generations", \.generations))

  var shares: Table<SharePredicted>
  var demands: Table<DemandPredicted>
  var productions: Table<ProductionPredicted>
  var surpluses: Table<SurplusPredicted>
  var generations: Table<GenerationPredicted>

  init(
    shares: Table<SharePredicted> = Table(), demands: Table<DemandPredicted> = Table(),
    productions: Table<ProductionPredicted> = Table(), surpluses: Table<SurplusPredicted> = Table(),
    generations: Table<GenerationPredicted> = Table()
  ) {
    (self.shares, self.demands, self.productions) = (shares, demands, productions)
    (self.surpluses, self.generations) = (surpluses, generations)
  }
}

/// How the grid is and what is done for it: the newest of each kind and area.
public struct GridState: MemberObject {
  /// The members.
  public static let members = Members(
    Self.init, Member("signals", \.signals), Member("assessments", \.assessments), Member("bottlenecks", \.bottlenecks),
    Member("limits", \.limits), Member("countermeasures", \.countermeasures))

  var signals: Table<SignalIssued>
  var assessments: Table<GridAssessed>
  var bottlenecks: Table<BottleneckDetected>
  var limits: Table<PowerLimited>
  var countermeasures: Table<CountermeasureCalculated>

  init(
    signals: Table<SignalIssued> = Table(), assessments: Table<GridAssessed> = Table(),
    bottlenecks: Table<BottleneckDetected> = Table(), limits: Table<PowerLimited> = Table(),
    countermeasures: Table<CountermeasureCalculated> = Table()
  ) {
    (self.signals, self.assessments, self.bottlenecks) = (signals, assessments, bottlenecks)
    (self.limits, self.countermeasures) = (limits, countermeasures)
  }
}
