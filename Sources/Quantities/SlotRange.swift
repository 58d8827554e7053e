/// Consecutive slots, at least one and at most the hundred of the longest market day.
public struct SlotRange: Hashable, Sendable, RandomAccessCollection, CustomStringConvertible {
  /// The most slots one curve may cover: a market day of 25 hours.
  public static let maximumCount = 100

  /// The first slot.
  public let first: Slot
  /// How many there are.
  public let count: Int

  /// `count` slots from `first` on.
  public init(_ first: Slot, count: Int) throws(QuantityError) {
    guard (1...Self.maximumCount).contains(count) else {
      throw .range("a curve has 1 to \(Self.maximumCount) slots, not \(count)")
    }
    guard first.number + count <= Slot.numbers.upperBound else { throw .range("the curve ends after the year 9999") }
    self.first = first
    self.count = count
  }

  /// Position of the first slot, always 0.
  public var startIndex: Int { 0 }
  /// Position behind the last slot.
  public var endIndex: Int { count }
  /// The slot at `position`.
  public subscript(position: Int) -> Slot {
    precondition((0..<count).contains(position), "the curve has \(count) slots and none at \(position)")
    return first.advanced(by: position)
  }
  /// The last slot.
  public var last: Slot { first.advanced(by: count - 1) }

  /// "96 slots from 1979712 (2026-06-18T00:00:00.000Z)".
  public var description: String { "\(count) slots from \(first)" }
}
