import Kernel
import Quantities

extension SessionStarted: ModuleEvent {
  /// Refuses a point or vehicle that is unknown or charging, a point that another has booked, and a curve that is
  /// beyond what point, vehicle or DSO allow.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    try context.require(.module(.vehicles), .gateway)
    let (known, charging) = (try state.requirePoint(point), try state.requireVehicle(vehicle))
    guard state.sessions[session] == nil else {
      throw Rejection(.conflict, "session_exists", "there is a session \(session) already")
    }
    guard !state.sessions.unordered.contains(where: { $0.point == point || $0.vehicle == vehicle }) else {
      throw Rejection(.conflict, "session_running", "\(point) or \(vehicle) is charging already")
    }
    let now = context.time
    let isTaken = state.bookings.unordered.contains { booking in
      booking.point == point && booking.vehicle != vehicle && booking.start <= now && now < booking.end
    }
    guard !isTaken else { throw Rejection(.conflict, "point_booked", "another vehicle has booked \(point)") }
    try context.requireUpcoming(try curve.slots(from: first))
    try state.require(curve, from: first, for: charging, power: known.power, takesBack: known.v2g)
  }

  /// The session runs.
  public func apply(to state: inout TwinEV, in context: Context) { state.sessions.put(self) }
}

extension SessionPlanned: ModuleEvent {
  /// Refuses a session that does not run, and a curve that is beyond what point, vehicle or DSO allow.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    try context.require(.module(.vehicles), .gateway)
    let running = try state.requireSession(session)
    let (point, vehicle) = (try state.requirePoint(running.point), try state.requireVehicle(running.vehicle))
    try context.requireUpcoming(try curve.slots(from: first))
    try state.require(curve, from: first, for: vehicle, power: point.power, takesBack: point.v2g)
  }

  /// The session goes on otherwise.
  public func apply(to state: inout TwinEV, in context: Context) {
    let running = state.sessions[session]!
    state.sessions.put(
      SessionStarted(session: session, point: running.point, vehicle: running.vehicle, first: first, curve: curve))
  }
}

extension SessionEnded: ModuleEvent {
  /// Refuses a session that does not run.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    try context.require(.module(.vehicles), .gateway)
    _ = try state.requireSession(session)
  }

  /// The session is over.
  public func apply(to state: inout TwinEV, in context: Context) { state.sessions[session] = nil }
}

extension CurvesEstimated: ModuleEvent {
  /// Refuses a station or vehicle that is unknown, a slot that has passed, and a curve that no point of the station or
  /// the vehicle can charge.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    try context.require(.module(.vehicles))
    let (points, vehicle) = (try state.requireStation(station), try state.requireVehicle(vehicle))
    let power = points.map(\.power).max()!
    let takesBack = points.contains(where: \.v2g)
    for curve in [usual, green, faster, cheaper] {
      try context.requireUpcoming(try curve.slots(from: first))
      try state.require(curve, from: first, for: vehicle, power: power, takesBack: takesBack)
    }
  }

  /// An estimate changes nothing.
  public func apply(to state: inout TwinEV, in context: Context) {}
}
