import Kernel
import Quantities

extension FlexibilityPredicted {
  /// `predictedFlexibility` (gap 05).
  public static let messages = [
    MessageTemplate<Self>(
      "M3.notif.predictedFlexibility",
      [
        Field("neighbourhood", \.event.area), Field("unit") { _ in Energy.decimalUnit },
        Field("curve") { Timeseries($0.event.slots, $0.event.less) },
        Field("curve_more") { Timeseries($0.event.slots, $0.event.more) },
      ])
  ]
}

extension LimitViolated {
  /// `limit_violation` (gap 06).
  public static let messages = [
    MessageTemplate<Self>(
      "M3.notif.limit_violation",
      [
        Field("neighbourhood", \.event.area), Field("element", \.event.element),
        Field("start") { Timestamp($0.event.slot.start) }, Field("end") { Timestamp($0.event.slot.end) },
        Field("quantity", \.event.quantity), Field("unit") { $0.event.quantity.unit }, Field("bound", \.event.bound),
        Field("value") { Decimal($0.event.value) }, Field("limit") { Decimal($0.event.limit) },
      ])
  ]
}
