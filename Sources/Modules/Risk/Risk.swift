import Encoding
import Kernel
import Quantities

/// M6, risk management and event handling: what is not as it usually is, and what is done about it.
public struct Risk: Module, MemberObject {
  /// M6.
  public static let id = ModuleID.risk

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<Risk>.Type] = [AnomalyDetected.self, CountermeasureSelected.self]

  /// The most anomalies that are kept; the one with the lowest number is forgotten first.
  public static let maximumAnomalies = 1000

  /// The members.
  public static let members = Members(
    Self.init(last:anomalies:countermeasures:), Member("last", \.last), Member("anomalies", \.anomalies),
    Member("countermeasures", \.countermeasures))

  /// The number of the newest anomaly; 0 before the first.
  var last: Int
  var anomalies: Table<AnomalyDetected>
  /// The newest for each anomaly that is kept.
  var countermeasures: Table<CountermeasureSelected>

  /// Before anything has happened.
  public init() { self.init(last: 0, anomalies: Table(), countermeasures: Table()) }

  private init(last: Int, anomalies: Table<AnomalyDetected>, countermeasures: Table<CountermeasureSelected>) {
    (self.last, self.anomalies, self.countermeasures) = (last, anomalies, countermeasures)
  }

  /// The anomaly of this number, if it is kept.
  public func anomaly(_ number: Int) -> AnomalyDetected? { anomalies[number] }
}

/// What sort of anomaly there is (D7.1 section 5.6).
public enum AnomalyKind: String, Choice {
  /// Energy is taken otherwise than usual.
  case consumption
  /// Energy is produced otherwise than usual.
  case generation
  /// An appliance or heat pump fails.
  case fault
  /// Voltage or frequency is off.
  case supplyQuality = "supply-quality"
  /// Messages fail to come, or come otherwise than usual.
  case communication
  /// Somebody attacks.
  case cyber
}

/// How bad an anomaly is.
public enum Severity: String, Choice {
  /// To be known.
  case low
  /// To be looked at.
  case medium
  /// To be acted upon.
  case high
}
