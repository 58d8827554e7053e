import Kernel
import Quantities

extension VehicleRegistered: ModuleEvent {
  /// An owner registers its vehicle; refuses one that exists, is no vehicle, is not the party's, or has no battery.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    try context.require(speakerFor: party, or: .module(.vehicles))
    try context.registry.requireActive(party)
    let device = try context.registry.requireDevice(vehicle, .vehicle)
    guard device.owners.contains(party) else {
      throw Rejection(.unknown, "device_prosumer_relation_unknown", "\(party) owns no part of \(vehicle)")
    }
    guard state.vehicles[vehicle] == nil else {
      throw Rejection(.conflict, "vehicle_exists", "Vehicle already exists: \(vehicle)")
    }
    guard battery > .zero, power > .zero else {
      throw Rejection(.invalid, "vehicle_invalid", "\(vehicle) has no battery or charges at no power")
    }
  }

  /// The vehicle joins.
  public func apply(to state: inout TwinEV, in context: Context) { state.vehicles.put(self) }
}

extension VehicleRemoved: ModuleEvent {
  /// An owner removes its vehicle; refuses one that is unknown or charges.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    let known = try state.requireVehicle(vehicle)
    try context.require(speakerFor: known.party, or: .module(.vehicles))
    guard !state.sessions.unordered.contains(where: { $0.vehicle == vehicle }) else {
      throw Rejection(.conflict, "session_running", "\(vehicle) is charging")
    }
  }

  /// The vehicle leaves, and its bookings with it.
  public func apply(to state: inout TwinEV, in context: Context) {
    state.vehicles[vehicle] = nil
    state.bookings.removeAll { $0.vehicle == vehicle }
  }
}

extension PointRegistered: ModuleEvent {
  /// Refuses a point that exists, is no charging point, or charges at no power.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    try context.require(.module(.vehicles), .operator)
    try context.registry.requireDevice(point, .chargingPoint)
    guard state.points[point] == nil else {
      throw Rejection(.conflict, "point_exists", "Charging point already exists: \(point)")
    }
    guard power > .zero else { throw Rejection(.invalid, "point_invalid", "\(point) charges at no power") }
  }

  /// The point joins its station.
  public func apply(to state: inout TwinEV, in context: Context) { state.points.put(self) }
}

extension PointRemoved: ModuleEvent {
  /// Refuses a point that is unknown, is charging, or is booked.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    try context.require(.module(.vehicles), .operator)
    _ = try state.requirePoint(point)
    guard !state.sessions.unordered.contains(where: { $0.point == point }) else {
      throw Rejection(.conflict, "session_running", "a vehicle is charging at \(point)")
    }
    guard !state.bookings.unordered.contains(where: { $0.point == point && $0.end > context.time }) else {
      throw Rejection(.conflict, "point_booked", "\(point) is booked")
    }
  }

  /// The point leaves.
  public func apply(to state: inout TwinEV, in context: Context) {
    state.points[point] = nil
    state.bookings.removeAll { $0.point == point }
  }
}

extension RestrictionSet: ModuleEvent {
  /// The DSO restricts; refuses a name that is taken, a period that has passed, limits out of order, and too many.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    try context.require(.dso)
    try context.requirePeriod(start, end)
    guard state.restrictions[restriction] == nil else {
      throw Rejection(.conflict, "restriction_exists", "there is a restriction \(restriction) already")
    }
    guard minimum <= maximum else {
      throw Rejection(.invalid, "limits_invalid", "at least \(minimum) is more than at most \(maximum)")
    }
    guard state.restrictions.unordered.count(where: { $0.end > context.time }) < TwinEV.maximumRestrictions else {
      throw Rejection(.conflict, "restrictions_full", "at most \(TwinEV.maximumRestrictions) restrictions are ahead")
    }
  }

  /// The restriction holds; those that have passed are forgotten.
  public func apply(to state: inout TwinEV, in context: Context) {
    state.restrictions.removeAll { $0.end <= context.time }
    state.restrictions.put(self)
  }
}
