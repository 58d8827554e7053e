import Quantities
import Testing

@Suite("A slot")
struct SlotTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:14:59Z", 0), ("1970-01-01T00:15:00Z", 1),
    ("2026-06-18T00:00:00Z", 1_979_712),
    ("9999-12-31T23:45:00Z", 281_558_111), ("9999-12-31T23:59:59.999Z", 281_558_111),
  ])
  func `contains its quarter of an hour`(time: String, number: Int) throws {
    let instant = try Instant(time)
    let slot = try Slot(containing: instant)
    #expect(slot.number == number)
    #expect(slot.start <= instant && instant < slot.end)
    #expect(slot.end.milliseconds - slot.start.milliseconds == 900_000)
    #expect(try Slot(number) == slot)
  }

  @Test(arguments: [-1, 281_558_112, Int.min, .max]) func `lies between 1970 and 9999`(number: Int) {
    #expect(throws: QuantityError.range("\(number) is not the number of a slot")) { try Slot(number) }
  }

  @Test func `refuses instants outside`() throws {
    for time in [-1, -900_001, .min, .max, try Instant("9999-12-31T23:59:59.999Z").milliseconds + 1] {
      let error = #expect(throws: QuantityError.self) { try Slot(containing: Instant(milliseconds: time)) }
      #expect(error?.code == "quantity_range")
    }
  }

  @Test func `is counted`() throws {
    let (first, last) = (try Slot(0), try Slot(281_558_111))
    #expect(Slot.numbers == 0..<281_558_112)
    #expect(first.distance(to: last) == 281_558_111)
    #expect(first.advanced(by: 281_558_111) == last)
    #expect(last.advanced(by: -1) < last)
    #expect(try Slot(1_979_712).description == "1979712 (2026-06-18T00:00:00.000Z)")
  }
}
