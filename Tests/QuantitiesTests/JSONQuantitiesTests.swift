import Encoding
import Quantities
import Testing

@Suite("A quantity in JSON")
struct JSONQuantitiesTests {
  private func value(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).root }

  private func expectRefused(_ kind: JSONError.Kind, _ read: () throws -> some Any) {
    let error = #expect(throws: JSONError.self) { try read() }
    #expect(error?.kind == kind)
  }

  @Test func `is written and read again`() throws {
    let (name, slot) = (try PartyID("p-1"), try Slot(96))
    let written = JSONWriter.bytes { writer in
      writer.object { writer in
        writer.field("party", name)
        writer.field("first", slot)
        writer.field("at", Instant(milliseconds: 1))
        writer.field("money", Money(nanos: -.max))
        writer.field("prices", [Price(units: 0), .maximum])
        writer.field("energies", [Energy.maximumPerSlot])
      }
    }
    let text =
      #"{"party":"p-1","first":96,"at":1,"money":"-9223372036854775807","prices":[0,100000000],"energies":[100000000]}"#
    #expect(String(decoding: written, as: UTF8.self) == text)
    var fields = try JSONDocument(written).root.fields()
    let party: PartyID = try fields.identifier("party")
    #expect(party == name)
    #expect(try fields.slots(first: "first", count: 2) == SlotRange(slot, count: 2))
    #expect(try fields.instant("at") == Instant(milliseconds: 1))
    #expect(try fields.read("money") { (value) throws(JSONError) in try value.money() } == Money(nanos: -.max))
    #expect(try fields.read("prices") { (value) throws(JSONError) in try value.prices() } == [.zero, .maximum])
    #expect(try fields.read("energies") { (value) throws(JSONError) in try value.energies() } == [.maximumPerSlot])
    try fields.finish()
  }

  @Test(arguments: [
    ("\"0\"", 0), ("\"-1\"", -1), ("\"9223372036854775807\"", Int.max), ("\"-9223372036854775807\"", -Int.max),
  ])
  func `is money as a decimal string`(text: String, nanos: Int) throws {
    #expect(try value(text).money() == Money(nanos: nanos))
  }

  @Test(arguments: [
    "\"\"", "\"-\"", "\"+1\"", "\"-0\"", "\"01\"", "\" 1\"", "\"1 \"", "\"1.0\"", "\"1e3\"", "\"9223372036854775808\"",
    "\"-9223372036854775808\"", "\"٣\"", "\"0x1\"",
  ])
  func `is money in one form only`(text: String) throws {
    let value = try value(text)
    expectRefused(.value) { try value.money() }
  }

  @Test func `is bounded when it enters`() throws {
    for (text, good) in [("0", true), ("100000000", true), ("-1", false), ("100000001", false)] {
      let (one, many) = (try value(text), try value("[0,\(text)]"))
      if good {
        #expect(try one.price().units == one.integer())
        #expect(try one.energy().units == one.integer())
        #expect(try many.prices().count == 2)
        #expect(try many.energies().count == 2)
      } else {
        expectRefused(.value) { try one.price() }
        expectRefused(.value) { try one.energy() }
        expectRefused(.value) { try many.prices() }
        expectRefused(.value) { try many.energies() }
      }
    }
  }

  @Test func `is a slot or a time between 1970 and 9999`() throws {
    for (slot, good) in [(0, true), (281_558_111, true), (-1, false), (281_558_112, false), (1 << 53 - 1, false)] {
      let value = try value("\(slot)")
      if good { #expect(try value.slot().number == slot) } else { expectRefused(.value) { try value.slot() } }
    }
    for (time, good) in [(0, true), (253_402_300_799_999, true), (-1, false), (253_402_300_800_000, false)] {
      var fields = try value("{\"at\":\(time)}").fields()
      if good {
        #expect(try fields.instant("at").milliseconds == time)
      } else {
        expectRefused(.value) { try fields.instant("at") }
      }
    }
  }

  @Test func `is never taken for another type`() throws {
    let (text, number) = (try value("\"1\""), try value("1"))
    expectRefused(.type) { try number.money() }
    expectRefused(.type) { try number.identifier() as PartyID }
    expectRefused(.type) { try text.slot() }
    expectRefused(.type) { try text.price() }
    expectRefused(.type) { try text.energy() }
    expectRefused(.type) { try number.prices() }
    expectRefused(.value) { try value("\"a b\"").identifier() as PartyID }
  }

  @Test func `is told with the name of its member`() throws {
    var fields = try value(#"{"party":"a b","first":-1,"next":0}"#).fields()
    for (name, read) in [
      ("party", { _ = try fields.identifier("party") as PartyID }), ("first", { _ = try fields.slot("first") }),
      ("next", { _ = try fields.slots(first: "next", count: 101) }),
    ] as [(String, () throws -> Void)] {
      let error = #expect(throws: JSONError.self) { try read() }
      #expect(error?.sentence.hasPrefix("in \"\(name)\": ") == true)
    }
  }
}
