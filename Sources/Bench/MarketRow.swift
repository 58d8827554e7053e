/// One figure of the market's bench.
struct MarketRow {
  /// `clear-1m`, `clear-day`, `continuous` or `couple`.
  let row: String
  /// What was varied, such as "orders=1000".
  let parameters: String
  /// What was measured, such as "median".
  let measure: String
  let value: Double
  /// `s`, `ns`, `1/s`, `B`, `n-units`.
  let unit: String

  /// One JSON line.
  var json: String {
    "{\"row\":\"\(row)\",\"parameters\":\"\(parameters)\",\"measure\":\"\(measure)\",\"value\":\(value),\"unit\":\"\(unit)\"}"
  }
}
