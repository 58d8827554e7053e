import Quantities
import Testing

@Suite("A range of slots")
struct SlotRangeTests {
  @Test(arguments: [1, 92, 96, 100]) func `holds consecutive slots`(count: Int) throws {
    let range = try SlotRange(Slot(1000), count: count)
    #expect(range.count == count)
    #expect(range.map(\.number) == Array(1000..<1000 + count))
    #expect(range.last == range[count - 1])
    #expect(range.description == "\(count) slots from \(try Slot(1000))")
  }

  @Test(arguments: [0, -1, 101, Int.min, .max]) func `has one slot to a hundred`(count: Int) throws {
    let slot = try Slot(0)
    #expect(throws: QuantityError.range("a curve has 1 to 100 slots, not \(count)")) {
      try SlotRange(slot, count: count)
    }
  }

  @Test func `ends with the year 9999`() throws {
    let last = try Slot(Slot.numbers.upperBound - 1)
    #expect(try SlotRange(last, count: 1).last == last)
    #expect(try SlotRange(last.advanced(by: -99), count: 100).last == last)
    #expect(throws: QuantityError.range("the curve ends after the year 9999")) { try SlotRange(last, count: 2) }
    #expect(throws: QuantityError.range("the curve ends after the year 9999")) {
      try SlotRange(last.advanced(by: -98), count: 100)
    }
  }

  @Test func `has no slot before or behind`() async throws {
    await #expect(processExitsWith: .failure) { _ = try SlotRange(Slot(10), count: 2)[2] }
    await #expect(processExitsWith: .failure) { _ = try SlotRange(Slot(10), count: 2)[-1] }
  }
}
