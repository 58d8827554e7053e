import Encoding
import Kernel
import Quantities

extension GridAssessed {
  /// `gridStatus` (gap 09).
  public static let messages = [
    MessageTemplate<Self>(
      "M5.notif.gridStatus",
      placed(
        by: \.area,
        [
          Field("start") { Timestamp($0.event.slot.start) }, Field("end") { Timestamp($0.event.slot.end) },
          Field("condition", \.event.condition), Field("loading") { Decimal($0.event.loading) },
          Field("minVoltage") { Decimal($0.event.minimumVoltage) },
          Field("maxVoltage") { Decimal($0.event.maximumVoltage) },
        ]))
  ]
}

extension BottleneckDetected {
  /// `bottleneck` (gap 09).
  public static let messages = [
    MessageTemplate<Self>(
      "M5.notif.bottleneck",
      placed(
        by: \.area,
        [
          Field("node", \.event.node), Field("phase", \.event.phase),
          Field("start") { Timestamp($0.event.slot.start) }, Field("end") { Timestamp($0.event.slot.end) },
          Field("quantity", \.event.quantity), Field("unit") { $0.event.quantity.unit }, Field("bound", \.event.bound),
          Field("value") { Decimal($0.event.value) }, Field("limit") { Decimal($0.event.limit) },
        ]))
  ]
}

extension PowerLimited {
  /// `powerLimits` (gap 10), in kW.
  public static let messages = [
    MessageTemplate<Self>(
      "M5.notif.powerLimits",
      placed(
        by: \.area,
        [
          Field("start") { Timestamp($0.event.start) }, Field("end") { Timestamp($0.event.end) },
          Field("max") { Decimal($0.event.maximum) }, Field("min") { Decimal($0.event.minimum) },
        ]))
  ]
}

extension CountermeasureCalculated {
  /// `countermeasure` (gap 11).
  public static let messages = [
    MessageTemplate<Self>(
      "M5.notif.countermeasure",
      placed(
        by: \.area,
        [
          Field("countermeasure", \.event.measure), Field("kind", \.event.kind),
          Field(optional: "device", \.event.device), Field("start") { Timestamp($0.event.start) },
          Field("end") { Timestamp($0.event.end) }, Field("power") { Decimal($0.event.power) },
        ]))
  ]
}
