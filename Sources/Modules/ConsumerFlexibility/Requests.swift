import Encoding
import Kernel
import Quantities

extension ConsumerFlexibility {
  /// `get_flexibility` and `get_forecast`, both of a `building`.
  public static let operations: [Operation<ConsumerFlexibility>] = [
    Operation("get_flexibility") { (state, request, _) throws(Rejection) in
      let building: BuildingID = try request.parameters.identifier("building")
      guard let offer = state.offers[building] else {
        throw Rejection(.unknown, "no_data", "no flexibility of \(building) is known")
      }
      return .object { answer in
        answer.field("building", building)
        answer.field("unit", Energy.decimalUnit)
        answer.field("curve") { Timeseries(offer.slots, offer.less).write(to: &$0) }
        answer.field("curve_more") { Timeseries(offer.slots, offer.more).write(to: &$0) }
      }
    },
    Operation("get_forecast") { (state, request, context) throws(Rejection) in
      let building: BuildingID = try request.parameters.identifier("building")
      let end = context.time.advanced(byMilliseconds: try request.parameters.period())
      guard let forecast = state.forecasts[building] else {
        throw Rejection(.unknown, "no_data", "no forecast of \(building) is known")
      }
      let values = zip(forecast.slots, forecast.energy).filter { $0.0.end > context.time && $0.0.start < end }
      return .value(values.map { Decimal($0.1) })
    },
  ]
}
