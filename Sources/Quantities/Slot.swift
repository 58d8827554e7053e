/// A quarter of an hour: the interval in which energy is traded and metered.
public struct Slot: Hashable, Comparable, Sendable, Strideable, CustomStringConvertible {
  /// Milliseconds of one slot.
  public static let milliseconds = 900_000
  /// The numbers a slot may have: the years 1970 … 9999.
  public static let numbers = 0..<281_558_112

  /// Quarter-hours since 1970-01-01T00:00:00Z.
  public let number: Int

  /// The slot `number`.
  public init(_ number: Int) throws(QuantityError) {
    guard Self.numbers.contains(number) else { throw .range("\(number) is not the number of a slot") }
    self.number = number
  }

  /// The slot that contains `instant`.
  public init(containing instant: Instant) throws(QuantityError) {
    try self.init(instant.milliseconds.flooredDivision(by: Self.milliseconds).quotient)
  }

  private init(unchecked number: Int) { self.number = number }

  /// When it begins.
  public var start: Instant { Instant(milliseconds: number * Self.milliseconds) }
  /// When it ends; the next one begins.
  public var end: Instant { Instant(milliseconds: (number + 1) * Self.milliseconds) }

  /// The slot `n` later.
  ///
  /// - Precondition: it is one of ``numbers``.
  public func advanced(by n: Int) -> Slot {
    precondition(Self.numbers.contains(number + n), "\(number + n) is not the number of a slot")
    return Slot(unchecked: number + n)
  }

  /// Slots from this one to `other`.
  public func distance(to other: Slot) -> Int { other.number - number }

  /// Its number and start, "1979712 (2026-06-18T00:00:00.000Z)".
  public var description: String { "\(number) (\(start))" }
}
