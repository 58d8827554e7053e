import Kernel
import Quantities

extension MonitorRecorded: ModuleEvent {
  /// Refuses an unknown device, slots that have not ended or are recorded already, and voltages out of order.
  public func check(_ state: EnergyMonitoring, in context: Context) throws(Rejection) {
    try context.require(.module(.monitoring), .gateway)
    try context.registry.requireDevice(device)
    try context.requireEnded(slots)
    guard state.series(of: device, channel).canAppend(slots) else {
      throw Rejection(.conflict, "reading_exists", "\(device) is recorded up to slot \(slots.first) or later already")
    }
    for (position, slot) in slots.enumerated() where minimumVoltage[position] > maximumVoltage[position] {
      throw Rejection(.invalid, "voltage_invalid", "the lowest voltage of slot \(slot) is above the highest")
    }
  }

  /// The energy joins the device's series.
  public func apply(to state: inout EnergyMonitoring, in context: Context) {
    var series = state.series(of: device, channel)
    series.append(slots, energy)
    state.monitors.put(MonitorSeries(device: device, channel: channel, energy: series))
  }
}

extension ClimateRecorded: ModuleEvent {
  /// Refuses an unknown occupant, and slots that have not ended or are recorded already.
  public func check(_ state: EnergyMonitoring, in context: Context) throws(Rejection) {
    try context.require(.module(.monitoring), .gateway)
    try context.registry.requireActive(party)
    try context.requireEnded(slots)
    if let series = state.climates[key], !series.temperature.canAppend(slots) {
      throw Rejection(
        .conflict, "reading_exists", "the climate at \(party) is recorded up to slot \(slots.first) already")
    }
  }

  /// The climate joins the occupant's series.
  public func apply(to state: inout EnergyMonitoring, in context: Context) {
    var series =
      state.climates[key]
      ?? ClimateSeries(party: party, place: place, temperature: SlotSeries(), humidity: SlotSeries())
    series.temperature.append(slots, temperature)
    series.humidity.append(slots, humidity)
    state.climates.put(series)
  }

  private var key: ClimateSeries.Key { ClimateSeries.Key(party: party, place: place) }
}

extension ForecastAdjusted: ModuleEvent {
  /// Refuses an unknown building and a forecast that has passed.
  public func check(_ state: EnergyMonitoring, in context: Context) throws(Rejection) {
    try context.require(.module(.monitoring))
    try context.registry.requireBuilding(building)
    try context.requireAhead(slots)
  }

  /// The newest forecast stands.
  public func apply(to state: inout EnergyMonitoring, in context: Context) { state.forecasts.put(self) }
}

extension SchedulePlanned: ModuleEvent {
  /// An owner plans its own device; refuses one that does not exist and a slot that has passed.
  public func check(_ state: EnergyMonitoring, in context: Context) throws(Rejection) {
    let owners = try context.registry.requireDevice(device).owners
    let isOwner = context.author.party.map(owners.contains) == true && context.author.roles.contains(.party)
    if !isOwner { try context.require(.module(.monitoring)) }
    try context.requireUpcoming(slots)
  }

  /// The newest schedule stands.
  public func apply(to state: inout EnergyMonitoring, in context: Context) { state.schedules.put(self) }
}

extension BehaviourAssessed: ModuleEvent {
  /// Refuses an unknown building, a record that is not newer, and an optimum where there is none.
  public func check(_ state: EnergyMonitoring, in context: Context) throws(Rejection) {
    try context.require(.module(.monitoring))
    try context.registry.requireBuilding(building)
    if let last = state.behaviours[building], last.behaviour >= behaviour {
      throw Rejection(.conflict, "behaviour_exists", "record \(behaviour) is not newer than \(last.behaviour)")
    }
    guard status == .solved || cycles.isEmpty && powers.isEmpty else {
      throw Rejection(.invalid, "behaviour_unsolved", "an optimisation without an optimum has no cycles and powers")
    }
  }

  /// The newest record stands.
  public func apply(to state: inout EnergyMonitoring, in context: Context) {
    state.behaviours.put(BehaviourRecord(building: building, behaviour: behaviour, status: status))
  }
}
