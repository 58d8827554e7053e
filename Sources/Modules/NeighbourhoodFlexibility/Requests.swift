import Encoding
import Kernel
import Quantities

extension NeighbourhoodFlexibility {
  /// `get_flexibility` of a `neighbourhood`.
  public static let operations: [Operation<NeighbourhoodFlexibility>] = [
    Operation("get_flexibility") { (state, request, _) throws(Rejection) in
      let area: AreaID = try request.parameters.identifier("neighbourhood")
      guard let predicted = state.predictions[area] else {
        throw Rejection(.unknown, "no_data", "no flexibility of \(area) is known")
      }
      return .object { answer in
        answer.field("neighbourhood", area)
        answer.field("unit", Energy.decimalUnit)
        answer.field("curve") { Timeseries(predicted.slots, predicted.less).write(to: &$0) }
        answer.field("curve_more") { Timeseries(predicted.slots, predicted.more).write(to: &$0) }
      }
    }
  ]
}
