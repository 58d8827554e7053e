import Kernel
import Quantities

extension ComfortAssessed: ModuleEvent {
  /// Refuses an unknown occupant and a tolerance that is none.
  public func check(_ state: Comfort, in context: Context) throws(Rejection) {
    try context.require(.module(.comfort))
    try context.registry.requireActive(party)
    guard minimum <= maximum else {
      throw Rejection(.invalid, "tolerance_invalid", "the tolerance \(minimum) to \(maximum) is empty")
    }
  }

  /// The newest level stands.
  public func apply(to state: inout Comfort, in context: Context) { state.levels.put(self) }
}

extension ComfortPredicted: ModuleEvent {
  /// Refuses an unknown occupant and a curve that has passed.
  public func check(_ state: Comfort, in context: Context) throws(Rejection) {
    try context.require(.module(.comfort))
    try context.registry.requireActive(party)
    try context.requireAhead(slots)
  }

  /// The newest curve stands.
  public func apply(to state: inout Comfort, in context: Context) { state.curves.put(self) }
}

extension PreferencesChosen: ModuleEvent {
  /// An occupant chooses for itself; refuses ranges that are empty.
  public func check(_ state: Comfort, in context: Context) throws(Rejection) {
    try context.require(speakerFor: party, or: .module(.comfort))
    try context.registry.requireActive(party)
    guard minimumTemperature <= maximumTemperature, minimumHumidity <= maximumHumidity else {
      throw Rejection(.invalid, "preference_invalid", "a preferred range of \(party) is empty")
    }
  }

  /// The newest preferences stand.
  public func apply(to state: inout Comfort, in context: Context) { state.preferences.put(self) }
}
