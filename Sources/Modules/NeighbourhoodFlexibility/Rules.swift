import Kernel
import Quantities

extension FlexibilityPredicted: ModuleEvent {
  /// Refuses an unknown area and a slot that has passed.
  public func check(_ state: NeighbourhoodFlexibility, in context: Context) throws(Rejection) {
    try context.require(.module(.neighbourhoodFlexibility))
    try context.registry.requireArea(area)
    try context.requireUpcoming(slots)
  }

  /// The newest prediction stands.
  public func apply(to state: inout NeighbourhoodFlexibility, in context: Context) { state.predictions.put(self) }
}

extension LimitViolated: ModuleEvent {
  /// Refuses an unknown area and a limit that is kept.
  public func check(_ state: NeighbourhoodFlexibility, in context: Context) throws(Rejection) {
    try context.require(.module(.neighbourhoodFlexibility))
    try context.registry.requireArea(area)
    try bound.requireBroken(by: value, limit: limit)
  }

  /// The newest violation stands.
  public func apply(to state: inout NeighbourhoodFlexibility, in context: Context) { state.violations.put(self) }
}
