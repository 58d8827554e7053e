import Kernel
import Quantities

extension BookingMade: ModuleEvent {
  /// An owner books for its vehicle; refuses a point or vehicle that is unknown, a time that has passed or is too long,
  /// and one in which the point or the vehicle is booked.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    let vehicle = try state.requireVehicle(vehicle)
    _ = try state.requirePoint(point)
    try context.require(speakerFor: vehicle.party, or: .module(.vehicles))
    guard state.bookings[booking] == nil else {
      throw Rejection(.conflict, "booking_exists", "there is a booking \(booking) already")
    }
    try context.requirePeriod(start, end)
    guard start >= context.time, end.milliseconds - start.milliseconds <= TwinEV.maximumBooking else {
      throw Rejection(.invalid, "booking_invalid", "\(start) to \(end) has begun at \(context.time) or is over a day")
    }
    try requireFree(state, at: context.time)
  }

  private func requireFree(_ state: TwinEV, at time: Instant) throws(Rejection) {
    let overlapping = state.bookings.unordered.filter { $0.start < end && start < $0.end }
    guard !overlapping.contains(where: { $0.point == point }) else {
      throw Rejection(.conflict, "booking_overlap", "\(point) is booked between \(start) and \(end)")
    }
    guard !overlapping.contains(where: { $0.vehicle == vehicle }) else {
      throw Rejection(.conflict, "booking_overlap", "\(vehicle) is booked elsewhere between \(start) and \(end)")
    }
    guard state.bookings.unordered.count(where: { $0.point == point && $0.end > time }) < TwinEV.maximumBookings else {
      throw Rejection(.conflict, "bookings_full", "\(point) has \(TwinEV.maximumBookings) bookings ahead")
    }
  }

  /// The booking stands; those that have passed are forgotten.
  public func apply(to state: inout TwinEV, in context: Context) {
    state.bookings.removeAll { $0.end <= context.time }
    state.bookings.put(self)
  }
}

extension BookingCancelled: ModuleEvent {
  /// An owner cancels; refuses a booking that is unknown or over.
  public func check(_ state: TwinEV, in context: Context) throws(Rejection) {
    guard let booked = state.bookings[booking], booked.end > context.time else {
      throw Rejection(.unknown, "booking_unknown", "there is no booking \(booking) ahead")
    }
    try context.require(speakerFor: try state.requireVehicle(booked.vehicle).party, or: .module(.vehicles))
  }

  /// The booking is forgotten.
  public func apply(to state: inout TwinEV, in context: Context) { state.bookings[booking] = nil }
}
