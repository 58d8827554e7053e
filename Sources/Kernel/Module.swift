import Encoding

/// A module of the platform: a value that events change.
public protocol Module: Sendable {
  /// Which of the platform's modules this is.
  static var id: ModuleID { get }
  /// Everything that can happen in it.
  static var events: [any ModuleEvent<Self>.Type] { get }
  /// Everything that it can be asked.
  static var operations: [Operation<Self>] { get }
  /// The module before anything has happened.
  init()
  /// Whether what must always hold holds: double entry.
  var isBalanced: Bool { get }
  /// Writes the whole state in one canonical form.
  func write(to writer: inout JSONWriter)
  /// Reads back what ``write(to:)`` wrote.
  static func read(_ state: JSONValue) throws(JSONError) -> Self
}

extension Module {
  /// Nothing is booked in it.
  public var isBalanced: Bool { true }

  /// It cannot be asked anything.
  public static var operations: [Operation<Self>] { [] }
}

/// The nine modules of TwinERGY D7.1, the registry that they share, and the platform between them.
public enum ModuleID: String, Choice {
  /// Parties, devices and consortia.
  case registry
  /// What all modules tell each other alike: errors, status, changes of data, requests.
  case platform
  /// Consumer comfort and well-being.
  case comfort = "M1"
  /// Consumer demand flexibility profiling.
  case consumerFlexibility = "M2"
  /// Neighbourhood demand flexibility profiling.
  case neighbourhoodFlexibility = "M3"
  /// Home and tertiary real-time energy monitoring.
  case monitoring = "M4"
  /// Distributed energy resource management.
  case resources = "M5"
  /// Risk management and event handling.
  case risk = "M6"
  /// TwinEV.
  case vehicles = "M7"
  /// Social network.
  case social = "M8"
  /// Transactive energy.
  case transactive = "M9"
}
