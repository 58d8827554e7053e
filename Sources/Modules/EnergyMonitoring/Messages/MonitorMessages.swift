import Encoding
import Kernel
import Quantities

extension MonitorRecorded {
  /// `MonitorData` of Table 21: an array, on the canonical subject and the deliverable's.
  public static let messages = [
    MessageTemplate<Self>("M4.notif.monitor_data", also: ["M4.Timeseries.MonitorData"]) { told in
      told.event.slots.indices.map { MonitorRow(event: told.event, position: $0) }
    }
  ]
}

/// One quarter-hour of a meter.
struct MonitorRow: WrittenValue {
  let event: MonitorRecorded
  let position: Int

  static var schema: Schema {
    func property(_ name: String, _ schema: Schema) -> Schema.Property { Schema.Property(name: name, schema: schema) }
    return .object([
      property("id", Slot.schema), property("referenceDateFrom", .time), property("referenceDateTo", .time),
      property("energy", Decimal<Energy>.schema), property("reactiveEnergy", Decimal<Measure<VarHour>>.schema),
      property("minVoltage", Decimal<Measure<Millivolt>>.schema),
      property("maxVoltage", Decimal<Measure<Millivolt>>.schema),
      property(
        "vendorMeter",
        .object([property("vendorMeterId", DeviceID.schema), property("channel", Channel.schema)])),
    ])
  }

  func write(to writer: inout JSONWriter) {
    let slot = event.slots[position]
    writer.object { row in
      row.field("id", slot.number)
      row.field("referenceDateFrom", slot.start.description)
      row.field("referenceDateTo", slot.end.description)
      row.field("energy") { Decimal(event.energy[position]).write(to: &$0) }
      row.field("reactiveEnergy") { Decimal(event.reactive[position]).write(to: &$0) }
      row.field("minVoltage") { Decimal(event.minimumVoltage[position]).write(to: &$0) }
      row.field("maxVoltage") { Decimal(event.maximumVoltage[position]).write(to: &$0) }
      row.field("vendorMeter") { field in
        field.object { meter in
          meter.field("vendorMeterId", event.device)
          meter.field("channel", event.channel.rawValue)
        }
      }
    }
  }
}

extension ForecastAdjusted {
  /// `adjusted_forecast` (gap 07).
  public static let messages = [
    MessageTemplate<Self>(
      "M4.notif.adjusted_forecast",
      [
        Field("building", \.event.building), Field("unit") { _ in Energy.decimalUnit },
        Field("curve") { Timeseries($0.event.slots, $0.event.energy) },
      ])
  ]
}
