import Kernel
import Quantities

extension AnomalyDetected {
  /// `anomaly` of Table 23: on the canonical subject, and on the deliverable's with its braces and its spelling.
  public static let messages = [
    MessageTemplate<Self>(
      "M6.notif.anomaly", also: ["{M6}.{notif}.{anlomag}", "M6.notif.anlomag"], isTimed: false,
      [
        Field("id", \.event.anomaly), Field("referenceDateFrom") { Timestamp($0.event.from) },
        Field("referenceDateTo") { Timestamp($0.event.to) },
        // An event of an unknown area is refused before it is told of.
        Field("longitude") { Decimal($0.place.longitude) }, Field("latitude") { Decimal($0.place.latitude) },
        Field("city") { $0.place.city }, Field("country") { $0.place.country }, Field("area", \.event.area),
        Field("kind", \.event.kind), Field("severity", \.event.severity), Field(optional: "device", \.event.device),
        Field("unit", \.event.unit), Field("Event") { Timeseries($0.event.slots, $0.event.value) },
      ])
  ]
}

extension Told<AnomalyDetected> {
  fileprivate var place: AreaRegistered { context.registry.area(event.area)! }
}

extension CountermeasureSelected {
  /// `countermeasure` (gap 26).
  public static let messages = [
    MessageTemplate<Self>(
      "M6.notif.countermeasure",
      [
        Field("anomaly", \.event.anomaly), Field("countermeasure", \.event.measure), Field("target", \.event.target),
        Field("start") { Timestamp($0.event.start) }, Field("end") { Timestamp($0.event.end) },
        Field("cost") { Decimal($0.event.cost) }, Field("benefit") { Decimal($0.event.benefit) },
      ])
  ]
}
