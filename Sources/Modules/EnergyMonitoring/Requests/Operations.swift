import Encoding
import Kernel
import Quantities

extension EnergyMonitoring {
  /// What M1, M8 and M9 ask M4 for.
  public static let operations: [Operation<EnergyMonitoring>] =
    [
      climate("indoor_temperature", .indoor) { $0.temperature.values(in: $1).map { Decimal($0) } },
      climate("outdoor_temperature", .outdoor) { $0.temperature.values(in: $1).map { Decimal($0) } },
      climate("indoor_humidity", .indoor) { $0.humidity.values(in: $1).map { Decimal($0) } },
      climate("outdoor_humidity", .outdoor) { $0.humidity.values(in: $1).map { Decimal($0) } },
    ] + loads

  /// The last `period` of a climate at `userID`.
  private static func climate<Value: WrittenValue>(
    _ name: String, _ place: Place, _ values: @escaping @Sendable (ClimateSeries, Range<Instant>) -> [Value]
  ) -> Operation<EnergyMonitoring> {
    Operation(name) { (state, request, context) throws(Rejection) in
      let user: PartyID = try request.parameters.identifier("userID")
      try context.registry.requireActive(user)
      let start = context.time.advanced(byMilliseconds: -(try request.parameters.period()))
      guard let series = state.climates[ClimateSeries.Key(party: user, place: place)] else { throw Self.noData }
      let found = values(series, start..<context.time)
      guard !found.isEmpty else { throw Self.noData }
      return .value(found)
    }
  }

  static let noData = Rejection(.unknown, "no_data", "No data available for date range")
}
