import Encoding
import Kernel
import Quantities

extension BehaviourAssessed {
  /// `EnergyBehaviour` of Table 21, on the canonical subject and the deliverable's.
  public static let messages = [
    MessageTemplate<Self>(
      "M4.notif.energy_behaviour", also: ["M4.Timeseries.EnergyBehaviour"], isTimed: false,
      [
        Field("id", \.event.behaviour), Field("assetId", \.event.asset), Field("building", \.event.building),
        Field("discomfort") { Decimal($0.event.discomfort) }, Field("status", \.event.status),
        Field("currency", \.event.currency), Field("result") { BehaviourResult(event: $0.event) },
      ])
  ]
}

/// The result of an optimisation, with powers and cycles by day of the week.
struct BehaviourResult: WrittenValue {
  let event: BehaviourAssessed

  static var schema: Schema {
    .object([
      Schema.Property(name: "optimizationReferenceId", schema: Int.schema),
      Schema.Property(name: "canonicalOffpeakCost", schema: cost), Schema.Property(name: "realFlexCost", schema: cost),
      Schema.Property(name: "optimizedFlexCost", schema: cost),
      Schema.Property(name: "optimizedCycleTimes", schema: .array(CycleResult.schema)),
      Schema.Property(name: "powerDistributions", schema: .map(.array(hours(power: true)))),
    ])
  }

  static var cost: Schema { Decimal<Measure<MicroCurrency>>.schema }

  static func hours(power: Bool) -> Schema {
    .object(
      ["from", "to"].map { Schema.Property(name: $0, schema: .integer(0...24, "hour of the day")) }
        + (power ? [Schema.Property(name: "power", schema: Decimal<Power>.schema)] : []))
  }

  func write(to writer: inout JSONWriter) {
    writer.object { result in
      result.field("optimizationReferenceId", event.optimization)
      result.field("canonicalOffpeakCost") { Decimal(event.canonicalCost).write(to: &$0) }
      result.field("realFlexCost") { Decimal(event.realCost).write(to: &$0) }
      result.field("optimizedFlexCost") { Decimal(event.optimizedCost).write(to: &$0) }
      result.field("optimizedCycleTimes", each: event.cycles) { CycleResult(cycle: $1).write(to: &$0) }
      result.field("powerDistributions") { field in
        field.byDay(event.powers, day: \.day) { hours, power in
          hours.field("from", power.from)
          hours.field("to", power.to)
          hours.field("power") { Decimal(power.power).write(to: &$0) }
        }
      }
    }
  }
}

private struct CycleResult: WrittenValue {
  let cycle: CycleTimes

  static var schema: Schema {
    .object([
      Schema.Property(name: "assetReferenceId", schema: Int.schema),
      Schema.Property(name: "nodeName", schema: String.schema),
      Schema.Property(name: "canonicalCost", schema: BehaviourResult.cost),
      Schema.Property(name: "optimizedCost", schema: BehaviourResult.cost),
      Schema.Property(name: "optimizedCycleTimes", schema: .map(.array(BehaviourResult.hours(power: false)))),
    ])
  }

  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("assetReferenceId", cycle.appliance)
      fields.field("nodeName", cycle.name)
      fields.field("canonicalCost") { Decimal(cycle.canonicalCost).write(to: &$0) }
      fields.field("optimizedCost") { Decimal(cycle.optimizedCost).write(to: &$0) }
      fields.field("optimizedCycleTimes") { field in
        field.byDay(cycle.times, day: \.day) { hours, time in
          hours.field("from", time.from)
          hours.field("to", time.to)
        }
      }
    }
  }
}

extension JSONWriter {
  /// Writes an object with an array of objects for each day of the week that `values` name.
  fileprivate mutating func byDay<Value>(
    _ values: [Value], day: (Value) -> Weekday, _ fields: (inout JSONWriter, Value) -> Void
  ) {
    object { days in
      for weekday in Weekday.allCases {
        let ofDay = values.filter { day($0) == weekday }
        guard !ofDay.isEmpty else { continue }
        days.field(weekday.rawValue, each: ofDay) { writer, value in writer.object { fields(&$0, value) } }
      }
    }
  }
}
