import Cryptography
import Encoding
import Testing

@testable import Log

@Suite("An entry")
struct EntryTests {
  static func read(_ payload: String) throws(LogError) -> Entry {
    let key: SecretKey
    do { key = try Vectors.key("operator") } catch { preconditionFailure("no vector: \(error)") }
    return try Entry(SignedLine(.entry, payload: Array(payload.utf8), by: key))
  }

  static let good = #"{"chain":"a.example/b","id":"e1","seq":1,"at":1780000000000,"events":[{"type":"x"}]}"#

  @Test func `reads its members in any order and with white space`() throws {
    #expect(try Self.read(Self.good).sequence == 1)
    let other = #" {"events" : [ {"type":"x"} ] , "at":0,"seq":9007199254740991,"id":"E.-_2","chain":"a"} "#
    let entry = try Self.read(other)
    #expect(entry.sequence == 9_007_199_254_740_991 && entry.at.milliseconds == 0 && entry.id.text == "E.-_2")
  }

  @Test(arguments: [
    ("\"seq\":1", "\"seq\":0"), ("\"seq\":1", "\"seq\":-1"), ("\"seq\":1", "\"seq\":1.0"), ("\"seq\":1", "\"seq\":1e2"),
    ("\"seq\":1", "\"seq\":01"), ("\"seq\":1", "\"seq\":\"1\""), ("\"seq\":1", "\"seq\":9007199254740992"),
    ("\"seq\":1", "\"seq\":null"), ("\"seq\":1,", ""), ("\"seq\":1", "\"seq\":1,\"seq\":1"),
    ("\"seq\":1", "\"seq\":1,\"more\":1"), ("\"seq\":1", "\"seq\":1,\"s\\u0065q\":1"),
    ("\"at\":1780000000000", "\"at\":-1"),
    ("\"at\":1780000000000", "\"at\":\"now\""), ("\"at\":1780000000000", "\"at\":253402300800000"),
    ("\"id\":\"e1\"", "\"id\":\"\""), ("\"id\":\"e1\"", "\"id\":\"-e\""), ("\"id\":\"e1\"", "\"id\":\"é\""),
    ("\"id\":\"e1\"", "\"id\":\"a b\""), ("a.example/b", ""), ("a.example/b", "a b"), ("a.example/b", "a+b"),
    ("a.example/b", "\u{212A}"), ("a.example/b", "a\\u0000b"), ("[{\"type\":\"x\"}]", "[]"),
    ("[{\"type\":\"x\"}]", "{}"),
    ("[{\"type\":\"x\"}]", "[{\"a\":1,\"a\":1}]"), ("[{\"type\":\"x\"}]", "[{\"a\":{\"b\":[{\"c\":1,\"c\":2}]}}]"),
    ("[{\"type\":\"x\"}]", "[\"\\ud800\"]"), ("[{\"type\":\"x\"}]", "[1.5]"), ("}]}", "}]} {}"), ("}]}", "}]"),
    ("}]}", "}],}"), ("{\"chain\"", "[{\"chain\""),
  ])
  func `is refused for any other payload`(_ old: String, _ new: String) throws {
    #expect(Self.good.contains(old))
    let payload = Self.good.replacing(old, with: new, maxReplacements: 1)
    expectRefusal(.payload, "\(payload)") { try Self.read(payload) }
  }

  @Test func `is refused for bytes that are no UTF-8`() throws {
    let key = try Vectors.key("operator")
    for bytes in [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]] {
      let payload = Array(Self.good.utf8.dropLast(5)) + bytes + Array("\"}]}".utf8)
      expectRefusal(.payload) { try Entry(SignedLine(.entry, payload: payload, by: key)) }
    }
  }

  @Test(arguments: [(1, true), (256, true), (257, false)])
  func `has 1 to 256 events`(_ count: Int, _ isGood: Bool) throws {
    let events = [String](repeating: "{}", count: count).joined(separator: ",")
    let payload = #"{"chain":"a","id":"e1","seq":1,"at":0,"events":[\#(events)]}"#
    if isGood {
      #expect(try Self.read(payload).events.count == count)
    } else {
      expectRefusal(.payload) { try Self.read(payload) }
    }
  }

  @Test func `nests 32 deep and no deeper`() throws {
    func payload(_ depth: Int) -> String {
      // The entry and its events are two levels.
      let value = String(repeating: "[", count: depth - 2) + String(repeating: "]", count: depth - 2)
      return #"{"chain":"a","id":"e1","seq":1,"at":0,"events":[\#(value)]}"#
    }
    #expect(try Self.read(payload(32)).events.count == 1)
    expectRefusal(.payload) { try Self.read(payload(33)) }
    expectRefusal(.payload) { try Self.read(payload(20_000)) }
  }
}
