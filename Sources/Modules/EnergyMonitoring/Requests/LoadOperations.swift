import Encoding
import Kernel
import Quantities

extension EnergyMonitoring {
  static let loads: [Operation<EnergyMonitoring>] = [
    Operation("get_smart_meter_load") { (state, request, context) throws(Rejection) in
      let meter: DeviceID = try request.parameters.identifier("meteringPointId")
      try context.registry.requireDevice(meter)
      let energies = try state.energies(of: meter, in: try request.parameters.periods())
      return .object { answer in
        answer.field("meteringPointId", meter)
        answer.field("energyMeter") { energies.map { Decimal($0) }.write(to: &$0) }
      }
    },
    Operation("get_current_load") { (state, request, context) throws(Rejection) in
      let device: DeviceID = try request.parameters.identifier("device")
      try context.registry.requireDevice(device)
      let time = try request.parameters.time("timestamp")
      guard let energy = state.series(of: device, .imported).value(at: time) else { throw Self.noData }
      return .object { answer in
        answer.field("device", device)
        answer.field("timestamp", time.description)
        // Four quarter-hours are an hour: the average power of the slot.
        answer.field("load") { Decimal(Power(watts: energy.wattHours * 4)).write(to: &$0) }
      }
    },
    Operation("get_smartDevices_schedules") { (state, request, context) throws(Rejection) in
      let device: DeviceID = try request.parameters.identifier("device")
      try context.registry.requireDevice(device)
      guard let schedule = state.schedules[device] else { throw Self.noData }
      let curve = try request.parameters.periods().map { period in
        zip(schedule.slots, schedule.energy).filter { period.contains($0.0.start) }
          .reduce(0) { $0 + $1.1.wattHours }
      }
      return .object { answer in
        answer.field("device", device)
        answer.field("curve") { curve.map { Decimal(Energy(wattHours: $0)) }.write(to: &$0) }
      }
    },
    Operation("get_monitor_data", "get_energy_used") { (state, request, context) throws(Rejection) in
      let meter: DeviceID = try request.parameters.identifier("meter")
      try context.registry.requireDevice(meter)
      let (from, to) = (try request.parameters.time("from"), try request.parameters.time("to"))
      guard from < to else { throw Rejection(.invalid, "period_invalid", "\(to) is not after \(from)") }
      let series = state.series(of: meter, .imported)
      let rows = zip(series.slots, series.values).filter { (from..<to).contains($0.0.start) }
      guard !rows.isEmpty else { throw Self.noData }
      return .value(rows.map { Period($0.0, PeriodValue(Decimal($0.1))) })
    },
    Operation("get_load_pattern") { (state, request, context) throws(Rejection) in
      let meter: DeviceID = try request.parameters.identifier("meter")
      try context.registry.requireDevice(meter)
      let series = state.series(of: meter, .imported)
      guard !series.slots.isEmpty else { throw Self.noData }
      return .value(Self.pattern(series).map { Decimal($0) })
    },
    Operation("get_neighbours") { (_, request, context) throws(Rejection) in
      let user: PartyID = try request.parameters.identifier("user")
      try context.registry.requireActive(user)
      return .value(context.registry.neighbours(of: user))
    },
  ]

  /// The energy that `meter` took in each of `periods`.
  private func energies(of meter: DeviceID, in periods: [Range<Instant>]) throws(Rejection) -> [Energy] {
    let series = series(of: meter, .imported)
    let sums = periods.map { period in series.values(in: period) }
    guard sums.contains(where: { !$0.isEmpty }) else { throw Self.noData }
    return sums.map { Energy(wattHours: $0.reduce(0) { $0 + $1.wattHours }) }
  }

  /// The mean of each quarter-hour of the UTC day, rounded down; nothing measured is 0.
  private static func pattern(_ series: SlotSeries<Energy>) -> [Energy] {
    var sums = Array(repeating: (total: 0, count: 0), count: 96)
    for (slot, energy) in zip(series.slots, series.values) {
      sums[slot.number % 96].total += energy.wattHours
      sums[slot.number % 96].count += 1
    }
    return sums.map { Energy(wattHours: $0.count == 0 ? 0 : $0.total / $0.count) }
  }
}
