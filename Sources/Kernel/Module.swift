import Encoding

/// A module of the platform: a value that events change.
///
/// Rules live in ``check(_:in:)``; ``apply(_:in:)`` carries out what was checked and cannot fail. Both see the same state
/// and context on every validator, and nothing else: no clock, no randomness, no floating point, no order of a dictionary.
public protocol Module: Sendable {
  /// Everything that can happen in this module.
  associatedtype Fact: Event
  /// Which of the platform's modules this is.
  static var id: ModuleID { get }
  /// Refuses `fact` unless it may follow the present state.
  func check(_ fact: Fact, in context: Context) throws(Rejection)
  /// Changes the state as `fact` says, which ``check(_:in:)`` has passed.
  mutating func apply(_ fact: Fact, in context: Context)
  /// What the platform is told of `fact`: a function of it and the state before it.
  func messages(for fact: Fact, in context: Context) -> [Message]
  /// Writes the whole state in one canonical form.
  func write(to writer: inout JSONWriter)
  /// Reads back what ``write(to:)`` wrote.
  init(_ state: JSONValue) throws(JSONError)
}

/// The nine modules of TwinERGY D7.1, and the registry that they share.
public enum ModuleID: String, Sendable, CaseIterable {
  /// Parties, devices and consortia.
  case registry
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
