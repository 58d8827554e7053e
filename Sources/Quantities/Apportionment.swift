/// Division of a whole number among claims so that no unit is created or lost.
///
/// The method of largest remainders (Hamilton's): each claim gets the floor of its exact share, and the units left over
/// go one each to the largest remainders; equal remainders go by position.
public enum Apportionment {
  /// Splits `total` in proportion to `weights`.
  ///
  /// A negative total is split as its magnitude and negated, so that paying and receiving mirror each other.
  ///
  /// - Precondition: no weight is negative, their sum fits 63 bits, and it is positive unless `total` is zero.
  /// - Returns: parts in the order of `weights`; their sum is `total`.
  public static func split(_ total: Int, by weights: [Int]) -> [Int] {
    guard total != 0 else { return weights.map { _ in 0 } }
    let sum = weights.reduce(0, +).magnitude
    precondition(sum > 0, "\(total) cannot be split among claims of nothing")
    var parts: [UInt] = []
    var remainders: [UInt] = []
    parts.reserveCapacity(weights.count)
    remainders.reserveCapacity(weights.count)
    for weight in weights {
      precondition(weight >= 0, "a claim is negative")
      let share = sum.dividingFullWidth(total.magnitude.multipliedFullWidth(by: weight.magnitude))
      parts.append(share.quotient)
      remainders.append(share.remainder)
    }
    let left = Int(total.magnitude - parts.reduce(0, +))
    for position in positions(ofLargest: left, in: remainders) { parts[position] += 1 }
    // Truncation changes only the magnitude of Int.min, whose bits are right as they are.
    return parts.map { Int(truncatingIfNeeded: total < 0 ? 0 &- $0 : $0) }
  }

  private static func positions(ofLargest count: Int, in remainders: [UInt]) -> ArraySlice<Int> {
    guard count > 0 else { return [] }
    let order = remainders.indices.sorted { a, b in
      remainders[a] == remainders[b] ? a < b : remainders[a] > remainders[b]
    }
    return order.prefix(count)
  }
}
