import Quantities
import Testing

@Suite("A quantity")
struct QuantityTests {
  @Test func `adds and subtracts`() throws {
    #expect(try Energy(wattHours: 3) + Energy(wattHours: 4) == Energy(wattHours: 7))
    #expect(try Energy(wattHours: 3) - Energy(wattHours: 4) == Energy(wattHours: -1))
    #expect(-Money(nanos: 5) == Money(nanos: -5))
    #expect(try [Power(watts: 1), Power(watts: 2), Power(watts: -4)].sum() == Power(watts: -1))
    #expect(try [Money]().sum() == .zero)
    #expect(Price(units: -1) < .zero)
  }

  @Test func `reaches the ends of its range`() throws {
    #expect(try Money(nanos: .max - 1) + Money(nanos: 1) == Money(nanos: .max))
    #expect(try Money(nanos: 1 - .max) - Money(nanos: 1) == Money(nanos: -.max))
    #expect(-Money(nanos: .max) == Money(nanos: -.max))
  }

  /// The range is symmetric, so that what one account gives another can take: −2^63 is beyond it.
  @Test(arguments: [(Int.max, 1), (1, .max), (-Int.max, -1), (-1, -Int.max), (-Int.max, -Int.max), (.max, .max)])
  func `refuses a sum beyond its range`(a: Int, b: Int) {
    for operation: (Money, Money) throws -> Money in [{ try $0 + $1 }, { try $0 - (-$1) }, { try [$0, $1].sum() }] {
      let error = #expect(throws: QuantityError.self) { try operation(Money(nanos: a), Money(nanos: b)) }
      #expect(error?.code == "quantity_overflow")
    }
  }

  @Test func `never becomes the number that has no opposite`() {
    #expect(throws: QuantityError.self) { try Price(units: 1 << 32) * Energy(units: -1 << 31) }
    #expect(throws: QuantityError.self) { try Price(units: -1) * Energy(units: .min) }
  }
}
