import Kernel
import Quantities

extension BuildingForecast: ModuleEvent {
  /// Refuses an unknown building and a forecast that has passed.
  public func check(_ state: ConsumerFlexibility, in context: Context) throws(Rejection) {
    try context.require(.module(.consumerFlexibility))
    try context.registry.requireBuilding(building)
    try context.requireAhead(slots)
  }

  /// The newest forecast stands.
  public func apply(to state: inout ConsumerFlexibility, in context: Context) { state.forecasts.put(self) }
}

extension FlexibilityOffered: ModuleEvent {
  /// Refuses an unknown building, an offer for a slot that has passed, and one to take less than is expected at all.
  public func check(_ state: ConsumerFlexibility, in context: Context) throws(Rejection) {
    let building = try context.registry.requireBuilding(building)
    try context.require(speakerFor: building.party, or: .module(.consumerFlexibility))
    try context.requireUpcoming(slots)
    guard let forecast = state.forecasts[building.building] else { return }
    for (position, slot) in slots.enumerated() {
      let expected = forecast.slots.first.distance(to: slot)
      guard forecast.slots.indices.contains(expected), less[position] > forecast.energy[expected] else { continue }
      throw Rejection(
        .invalid, "flexibility_too_large",
        "\(building.building) is expected to take \(forecast.energy[expected]) in slot \(slot), not \(less[position])")
    }
  }

  /// The newest offer stands.
  public func apply(to state: inout ConsumerFlexibility, in context: Context) { state.offers.put(self) }
}
