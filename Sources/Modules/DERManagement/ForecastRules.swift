import Kernel
import Quantities

extension SharePredicted: ModuleEvent {
  /// Refuses an unknown area and a forecast that has passed.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources))
    try context.registry.requireArea(area)
    try context.requireAhead(slots)
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.forecasts.shares.put(self) }
}

extension DemandPredicted: ModuleEvent {
  /// Refuses an unknown area and a forecast that has passed.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources))
    try context.registry.requireArea(area)
    try context.requireAhead(slots)
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.forecasts.demands.put(self) }
}

extension ProductionPredicted: ModuleEvent {
  /// Refuses an unknown area and a forecast that has passed.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources))
    try context.registry.requireArea(area)
    try context.requireAhead(slots)
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.forecasts.productions.put(self) }
}

extension SurplusPredicted: ModuleEvent {
  /// Refuses an unknown area and a forecast that has passed.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources))
    try context.registry.requireArea(area)
    try context.requireAhead(slots)
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.forecasts.surpluses.put(self) }
}

extension GenerationPredicted: ModuleEvent {
  /// Refuses a device that produces nothing and a forecast that has passed.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources))
    try context.registry.requireDevice(device, .pv, .wind)
    try context.requireAhead(slots)
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.forecasts.generations.put(self) }
}

extension SignalIssued: ModuleEvent {
  /// Refuses an unknown area and a slot that has passed.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources))
    try context.registry.requireArea(area)
    try context.requireUpcoming(slots)
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.grid.signals.put(self) }
}
