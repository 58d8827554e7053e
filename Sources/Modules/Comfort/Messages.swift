import Encoding
import Kernel
import Quantities

extension ComfortAssessed {
  /// `comfort_level` (gap 01).
  public static let messages = [
    MessageTemplate<Self>(
      "M1.notif.comfort_level",
      [
        Field("user", \.event.party), Field("value") { Decimal($0.event.value) },
        Field("tolerance") { Tolerance(minimum: $0.event.minimum, maximum: $0.event.maximum) },
      ])
  ]
}

extension ComfortPredicted {
  /// `comfort_curve`: the curve of comfort that Table 18 asks for besides the level.
  public static let messages = [
    MessageTemplate<Self>(
      "M1.notif.comfort_curve",
      [Field("user", \.event.party), Field("curve") { Timeseries($0.event.slots, $0.event.value) }])
  ]
}

extension PreferencesChosen {
  /// `preferences` (gap 02).
  public static let messages = [
    MessageTemplate<Self>(
      "M1.notif.preferences",
      [
        Field("user", \.event.party), Field("temperature") { $0.event.temperature },
        Field("humidity") { $0.event.humidity }, Field("willingness") { Decimal($0.event.willingness) },
      ])
  ]

  var temperature: Tolerance<MilliCelsius> { Tolerance(minimum: minimumTemperature, maximum: maximumTemperature) }
  var humidity: Tolerance<PerMille> { Tolerance(minimum: minimumHumidity, maximum: maximumHumidity) }
}

/// A range as messages tell it: `{"min","max"}`.
struct Tolerance<Unit: MeasureUnit>: WrittenValue {
  let minimum: Measure<Unit>
  let maximum: Measure<Unit>

  static var schema: Schema {
    .object(["min", "max"].map { Schema.Property(name: $0, schema: Decimal<Measure<Unit>>.schema) })
  }

  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("min") { Decimal(minimum).write(to: &$0) }
      fields.field("max") { Decimal(maximum).write(to: &$0) }
    }
  }
}
