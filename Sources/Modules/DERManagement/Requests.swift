import Encoding
import Kernel
import Quantities

extension DERManagement {
  /// What M4, M6, M8 and M9 ask for. What the deliverable asks of M4 and M5 knows is answered in M4's name.
  public static let operations: [Operation<DERManagement>] = [
    Operation("get_BESS_status") { (state, request, context) throws(Rejection) in
      let device: DeviceID = try request.parameters.identifier("BESSid")
      try context.registry.requireDevice(device, .battery)
      guard let battery = state.batteries[device] else { throw noData }
      return .object { answer in
        answer.field("BESSid", device)
        answer.field("soc") { Decimal(battery.charge).write(to: &$0) }
        answer.field("curve") { battery.curve.write(to: &$0) }
      }
    },
    Operation("get_sub_net_state") { (state, request, context) throws(Rejection) in
      let area: AreaID = try request.parameters.identifier("area")
      try context.registry.requireArea(area)
      guard let assessed = state.grid.assessments[area] else { throw noData }
      return .object { answer in
        answer.field("area", area)
        answer.field("condition", assessed.condition.rawValue)
        answer.field("loading") { Decimal(assessed.loading).write(to: &$0) }
        answer.field("minVoltage") { Decimal(assessed.minimumVoltage).write(to: &$0) }
        answer.field("maxVoltage") { Decimal(assessed.maximumVoltage).write(to: &$0) }
        if let bottleneck = state.grid.bottlenecks[area] { answer.field("bottleneck", bottleneck.node) }
      }
    },
    Operation("get_building_forecast") { (state, request, context) throws(Rejection) in
      let building = try context.registry.requireBuilding(try request.parameters.identifier("building"))
      let forecasts = context.registry.devices(of: building.party).compactMap { state.forecasts.generations[$0] }
      guard !forecasts.isEmpty else { throw noData }
      return .value(Self.sum(forecasts).map { Period($0.0, PeriodValue(Decimal($0.1))) })
    },
    Operation("get_gener_forecast", askedOf: .monitoring) { (state, request, context) throws(Rejection) in
      let device: DeviceID = try request.parameters.identifier("assetId")
      try context.registry.requireDevice(device, .pv, .wind)
      guard let forecast = state.forecasts.generations[device] else { throw noData }
      let sums = try request.parameters.periods().map { period in
        zip(forecast.slots, forecast.energy).filter { period.contains($0.0.start) }.reduce(0) { $0 + $1.1.wattHours }
      }
      return .object { answer in
        answer.field("assetId", device)
        answer.field("forecast") { sums.map { Decimal(Energy(wattHours: $0)) }.write(to: &$0) }
      }
    },
    Operation("get_storage_capacity", askedOf: .monitoring) { (state, request, context) throws(Rejection) in
      let device: DeviceID = try request.parameters.identifier("device")
      try context.registry.requireDevice(device, .battery)
      guard let battery = state.batteries[device] else { throw noData }
      return .value(Decimal(battery.capacity))
    },
  ]

  private static let noData = Rejection(.unknown, "no_data", "No data available for date range")

  /// The sum of `forecasts` by slot.
  private static func sum(_ forecasts: [GenerationPredicted]) -> [(Slot, Energy)] {
    var sums: [Slot: Int] = [:]
    for forecast in forecasts {
      for (slot, energy) in zip(forecast.slots, forecast.energy) { sums[slot, default: 0] += energy.wattHours }
    }
    return sums.sorted { $0.key.number < $1.key.number }.map { ($0.key, Energy(wattHours: $0.value)) }
  }
}

extension BatteryState {
  /// What it stored and gave back, as messages tell it.
  var curve: [Period<PeriodCharge>] {
    zip(stored.slots, zip(stored.values, given.values)).map { slot, energy in
      Period(slot, PeriodCharge(charge: energy.0, discharge: energy.1))
    }
  }
}
