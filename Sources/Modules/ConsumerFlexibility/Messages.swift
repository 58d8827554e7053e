import Kernel
import Quantities

extension BuildingForecast {
  /// `building_forecast` (gap 03).
  public static let messages = [
    MessageTemplate<Self>(
      "M2.notif.building_forecast",
      [
        Field("building", \.event.building), Field("unit") { _ in Energy.decimalUnit },
        Field("curve") { Timeseries($0.event.slots, $0.event.energy) },
      ])
  ]
}

extension FlexibilityOffered {
  /// `flexibility` (gaps 03 and 04): `curve` is what the building can do without, `curve_more` what it can take besides.
  public static let messages = [
    MessageTemplate<Self>(
      "M2.notif.flexibility",
      [
        Field("building", \.event.building), Field("unit") { _ in Energy.decimalUnit },
        Field("curve") { Timeseries($0.event.slots, $0.event.less) },
        Field("curve_more") { Timeseries($0.event.slots, $0.event.more) },
      ])
  ]
}
