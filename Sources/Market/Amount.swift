/// Sums and products of plain units that refuse to wrap.
enum Amount {
  static func sum(_ a: Int, _ b: Int) throws(MarketError) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    guard !overflow else { throw .overflow("the sum of \(a) and \(b) does not fit 64 bits") }
    return sum
  }

  static func product(_ a: Int, _ b: Int) throws(MarketError) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    guard !overflow else { throw .overflow("the product of \(a) and \(b) does not fit 64 bits") }
    return product
  }
}
