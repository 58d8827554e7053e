/// One figure of the bench.
struct Figure {
  /// The row that it belongs to, such as `append`.
  let row: String
  /// What was varied, such as "orders=1000"; empty where nothing was.
  let parameters: String
  /// What was measured, such as "median".
  let measure: String
  let value: Double
  /// `s`, `ns`, `1/s`, `B`, `1`.
  let unit: String

  init(_ row: String, _ parameters: String = "", _ measure: String, _ value: Double, _ unit: String) {
    (self.row, self.parameters, self.measure, self.value, self.unit) = (row, parameters, measure, value, unit)
  }

  /// One JSON line.
  var json: String {
    "{\"row\":\"\(row)\",\"parameters\":\"\(parameters)\",\"measure\":\"\(measure)\",\"value\":\(value),\"unit\":\"\(unit)\"}"
  }
}

/// How one thing did beside its limit, measured again and again right after it.
struct Pairs {
  private var rates: [Double] = []
  private var limits: [Double] = []
  private var ratios: [Double] = []
  private var processorRatios: [Double] = []
  private var idleRates: [Double] = []

  /// Adds a turn: `count` things took `time`, and right before them the limit was `limit`.
  mutating func add(_ count: Int, in time: Timing.Span, limit: Signatures.Limit) {
    rates.append(Double(count) / time.seconds)
    limits.append(limit.rate)
    ratios.append(rates.last! / limit.rate)
    processorRatios.append(limit.processorSeconds / (time.processorSeconds / Double(count)))
    idleRates.append(time.idleRate(count))
  }

  /// The medians as measures of `row`.
  func measures(_ row: String, _ what: String) -> [Figure] {
    [
      Figure(row, "", what, Timing.median(rates), "1/s"),
      Figure(row, "", "libsodium on all cores", Timing.median(limits), "1/s"),
      Figure(row, "", "ratio", Timing.median(ratios), "1"),
      Figure(row, "", "processor ratio", Timing.median(processorRatios), "1"),
      Figure(row, "", "\(what) on idle cores", Timing.median(idleRates), "1/s"),
    ]
  }
}
