import Kernel
import Quantities

extension GridAssessed: ModuleEvent {
  /// Refuses an unknown area and voltages out of order.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources))
    try context.registry.requireArea(area)
    guard minimumVoltage <= maximumVoltage else {
      throw Rejection(.invalid, "voltage_invalid", "the lowest voltage, \(minimumVoltage), is above \(maximumVoltage)")
    }
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.grid.assessments.put(self) }
}

extension BottleneckDetected: ModuleEvent {
  /// Refuses an unknown area and a limit that is kept.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources))
    try context.registry.requireArea(area)
    try bound.requireBroken(by: value, limit: limit)
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.grid.bottlenecks.put(self) }
}

extension PowerLimited: ModuleEvent {
  /// Refuses an unknown area, a period that has passed and limits out of order.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources), .dso)
    try context.registry.requireArea(area)
    try context.requirePeriod(start, end)
    guard minimum <= maximum else {
      throw Rejection(.invalid, "limits_invalid", "at least \(minimum) is more than at most \(maximum)")
    }
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.grid.limits.put(self) }
}

extension CountermeasureCalculated: ModuleEvent {
  /// Refuses an unknown area or device and a period that has passed.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources))
    try context.registry.requireArea(area)
    if let device { try context.registry.requireDevice(device) }
    try context.requirePeriod(start, end)
  }

  /// The newest stands.
  public func apply(to state: inout DERManagement, in context: Context) { state.grid.countermeasures.put(self) }
}

extension BatteryReported: ModuleEvent {
  /// Refuses what is no battery, slots that have not ended or are reported already, and an empty battery's capacity.
  public func check(_ state: DERManagement, in context: Context) throws(Rejection) {
    try context.require(.module(.resources), .gateway)
    try context.registry.requireDevice(device, .battery)
    try context.requireEnded(slots)
    guard capacity > .zero else { throw Rejection(.invalid, "capacity_invalid", "\(device) holds nothing") }
    guard state.batteries[device]?.stored.canAppend(slots) ?? true else {
      throw Rejection(.conflict, "reading_exists", "\(device) is reported up to slot \(slots.first) or later already")
    }
  }

  /// The report joins the battery's series.
  public func apply(to state: inout DERManagement, in context: Context) {
    var battery =
      state.batteries[device]
      ?? BatteryState(device: device, capacity: capacity, charge: charge, stored: SlotSeries(), given: SlotSeries())
    (battery.capacity, battery.charge) = (capacity, charge)
    battery.stored.append(slots, stored)
    battery.given.append(slots, given)
    state.batteries.put(battery)
  }
}
