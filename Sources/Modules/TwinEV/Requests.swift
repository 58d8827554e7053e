import Encoding
import Kernel
import Quantities

extension TwinEV {
  /// Bookings, free points and sessions; the charging status that the deliverable asks of M5 is answered in its name.
  public static let operations: [Operation<TwinEV>] = [
    Operation("get_EV_chargingStatus", askedOf: .resources) { (state, request, _) throws(Rejection) in
      let station: StationID = try request.parameters.identifier("charging_station")
      let points = Set(try state.requireStation(station).map(\.point))
      let vehicle = try state.requireVehicle(try request.parameters.identifier("vehicle"))
      let session = state.sessions.unordered.first { $0.vehicle == vehicle.vehicle && points.contains($0.point) }
      return .object { answer in
        answer.field("charging_station", station)
        answer.field("vehicle", vehicle.vehicle)
        answer.field("V2G") { vehicle.v2g.write(to: &$0) }
        answer.field("curve") { (session.map { $0.curve.periods(from: $0.first) } ?? []).write(to: &$0) }
      }
    },
    Operation("get_free_stations") { (state, request, _) throws(Rejection) in
      let (start, end) = (try request.parameters.time("start"), try request.parameters.time("end"))
      guard start < end else { throw Rejection(.invalid, "period_invalid", "\(end) is not after \(start)") }
      let taken = Set(state.bookings.unordered.filter { $0.start < end && start < $0.end }.map(\.point))
      return .value(state.points.sorted.filter { !taken.contains($0.point) }.map(FreePoint.init))
    },
    Operation("get_bookings") { (state, request, _) throws(Rejection) in
      let point = try state.requirePoint(try request.parameters.identifier("CP"))
      return .value(state.bookings(of: point.point).map(ToldBooking.init))
    },
    Operation("get_session") { (state, request, _) throws(Rejection) in
      let session = try state.requireSession(try request.parameters.identifier("session"))
      return .object { answer in
        answer.field("session", session.session)
        answer.field("CP", session.point)
        answer.field("vehicle", session.vehicle)
        answer.field("curve") { session.curve.periods(from: session.first).write(to: &$0) }
      }
    },
    Operation("create_booking") { (_, request, _) throws(Rejection) in
      let parameters = request.parameters
      let booking = BookingMade(
        booking: try parameters.identifier("booking"), point: try parameters.identifier("CP"),
        vehicle: try parameters.identifier("vehicle"), start: try parameters.time("start"),
        end: try parameters.time("end"))
      return .events([booking], answer: JSONWriter.bytes { ToldBooking(booking: booking).write(to: &$0) })
    },
    Operation("cancel_booking") { (_, request, _) throws(Rejection) in
      let booking: BookingID = try request.parameters.identifier("booking")
      return .events(
        [BookingCancelled(booking: booking)],
        answer: JSONWriter.bytes { writer in writer.object { $0.field("booking", booking) } })
    },
  ]
}

private struct FreePoint: WrittenValue {
  let point: PointRegistered

  static var schema: Schema { .any }

  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("CS", point.station)
      fields.field("CP", point.point)
      fields.field("power") { Decimal(point.power).write(to: &$0) }
      fields.field("V2G") { point.v2g.write(to: &$0) }
    }
  }
}

private struct ToldBooking: WrittenValue {
  let booking: BookingMade

  static var schema: Schema { .any }

  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("booking", booking.booking)
      fields.field("CP", booking.point)
      fields.field("vehicle", booking.vehicle)
      fields.field("start", booking.start.description)
      fields.field("end", booking.end.description)
    }
  }
}
