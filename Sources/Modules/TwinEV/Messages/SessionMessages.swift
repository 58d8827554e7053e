import Kernel
import Quantities

extension BookingMade {
  /// `booking` (gap 13).
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.booking",
      [
        Field("booking", \.event.booking), Field("CS") { $0.state.points[$0.event.point]!.station },
        Field("CP", \.event.point), Field("vehicle", \.event.vehicle), Field("start") { Timestamp($0.event.start) },
        Field("end") { Timestamp($0.event.end) },
      ])
  ]
}

extension BookingCancelled {
  /// `booking_cancelled`: who heard of the booking hears of its end.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.booking_cancelled",
      [Field("booking", \.event.booking), Field("CP") { $0.state.bookings[$0.event.booking]!.point }])
  ]
}

extension CurvesEstimated {
  /// `future_charging_curve` of Table 24; its timestamp is the start of charging.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.future_charging_curve", isTimed: false,
      [
        Field("timestamp") { Timestamp($0.event.first.start) }, Field("charging_station", \.event.station),
        Field("vehicle", \.event.vehicle), Field("V2G") { $0.state.vehicles[$0.event.vehicle]!.v2g },
        Field("curve_default") { $0.event.usual.periods(from: $0.event.first) },
        Field("curve_green") { $0.event.green.periods(from: $0.event.first) },
        Field("curve_faster") { $0.event.faster.periods(from: $0.event.first) },
        Field("curve_cheaper") { $0.event.cheaper.periods(from: $0.event.first) },
      ])
  ]
}

extension SessionStarted {
  /// `charging_curve` of Table 24; its timestamp is the start of charging.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.charging_curve", isTimed: false,
      [
        Field("timestamp") { Timestamp($0.event.first.start) },
        Field("charging_station") { $0.state.points[$0.event.point]!.station }, Field("vehicle", \.event.vehicle),
        Field("V2G") { $0.state.vehicles[$0.event.vehicle]!.v2g },
        Field("curve") { $0.event.curve.periods(from: $0.event.first) }, Field("session", \.event.session),
      ])
  ]
}

extension SessionPlanned {
  /// `charging_curve` of Table 24 again.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.charging_curve", isTimed: false,
      [
        Field("timestamp") { Timestamp($0.event.first.start) },
        Field("charging_station") { $0.state.points[$0.running.point]!.station },
        Field("vehicle") { $0.running.vehicle }, Field("V2G") { $0.state.vehicles[$0.running.vehicle]!.v2g },
        Field("curve") { $0.event.curve.periods(from: $0.event.first) }, Field("session", \.event.session),
      ])
  ]
}

extension Told<SessionPlanned> {
  fileprivate var running: SessionStarted { state.sessions[event.session]! }
}

extension SessionEnded {
  /// `session_ended`: what is to be paid.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.session_ended",
      [
        Field("session", \.event.session), Field("CP") { $0.state.sessions[$0.event.session]!.point },
        Field("vehicle") { $0.state.sessions[$0.event.session]!.vehicle },
        Field("eImported") { Decimal($0.event.imported) }, Field("eExported") { Decimal($0.event.exported) },
      ])
  ]
}

extension ChargingCurve {
  /// The curve from `first` on, as messages tell it.
  func periods(from first: Slot) -> [Period<PeriodEnergy>] {
    zip(imported, exported).enumerated().map { position, energy in
      Period(first.advanced(by: position), PeriodEnergy(imported: energy.0, exported: energy.1))
    }
  }
}
