import Encoding
import Kernel
import Quantities

extension SharePredicted {
  /// `predictedShareOfLocalEnergy` of Table 22.
  public static let messages = [
    MessageTemplate<Self>(
      "M5.notif.predictedShareOfLocalEnergy",
      placed(
        by: \.area,
        [
          Field("unit") { _ in PerMille.name }, Field("curve") { Timeseries($0.event.slots, $0.event.share) },
        ]))
  ]
}

extension DemandPredicted {
  /// `predictedEnergyDemand` of Table 22.
  public static let messages = [
    MessageTemplate<Self>(
      "M5.notif.predictedEnergyDemand",
      placed(
        by: \.area,
        [
          Field("unit") { _ in Energy.decimalUnit }, Field("curve") { Timeseries($0.event.slots, $0.event.energy) },
        ]))
  ]
}

extension ProductionPredicted {
  /// `predictedRESEnergyProduction` of Table 22: on the canonical subject, and on the one with the stray token.
  public static let messages = [
    MessageTemplate<Self>(
      "M5.notif.predictedRESEnergyProduction", also: ["M5.subject.notif.predictedRESEnergyProduction"],
      placed(
        by: \.area,
        [
          Field("unit") { _ in Energy.decimalUnit }, Field("curve") { Timeseries($0.event.slots, $0.event.energy) },
        ]))
  ]
}

extension SurplusPredicted {
  /// `resSurplus` (gap 10).
  public static let messages = [
    MessageTemplate<Self>(
      "M5.notif.resSurplus",
      placed(
        by: \.area,
        [
          Field("unit") { _ in Energy.decimalUnit }, Field("curve") { Timeseries($0.event.slots, $0.event.energy) },
        ]))
  ]
}

extension SignalIssued {
  /// `consumerDRSignal` of Table 22.
  public static let messages = [
    MessageTemplate<Self>(
      "M5.notif.consumerDRSignal",
      placed(
        by: \.area,
        [
          Field("unit") { _ in SignalUnit.name }, Field("curve") { Timeseries($0.event.slots, $0.event.level) },
        ]))
  ]
}

/// The members that tell where, then `fields`.
func placed<Event: ModuleEvent>(
  by area: @escaping @Sendable (Event) -> AreaID, _ fields: [Field<Told<Event>>]
) -> [Field<Told<Event>>] {
  // An event of an unknown area is refused before it is told of.
  let place: @Sendable (Told<Event>) -> AreaRegistered = { $0.context.registry.area(area($0.event))! }
  return [
    Field("longitude") { Decimal(place($0).longitude) }, Field("latitude") { Decimal(place($0).latitude) },
    Field("city") { place($0).city }, Field("country") { place($0).country }, Field("area") { area($0.event) },
  ] + fields
}
