import Cryptography
import Encoding
import Quantities
import Testing

@testable import Log

@Suite("A genesis document")
struct GenesisTests {
  @Test func `is hashed as it stands`() throws {
    let bytes = try Vectors.bytes("log/genesis.json")
    let spaced = Array((String(decoding: bytes, as: UTF8.self) + "\n").utf8)
    let (one, other) = (try Genesis(bytes), try Genesis(spaced))
    #expect(one.validators == other.validators)
    #expect(one.leafHash != other.leafHash)
    #expect(other.bytes == spaced)
  }

  @Test(arguments: [
    ("\"twinergy\":1", "\"twinergy\":2"), ("\"twinergy\":1,", ""), ("vectors.example/log", ""),
    ("vectors.example/log", "a b"),
    ("vectors.example/log", "a+b"), ("vectors.example/log", "ü"),
    ("vectors.example/log", String(repeating: "a", count: 129)),
    ("\"time\":1", "\"time\":-1"), ("16384", "15"), ("16384", "1000001"), ("16384", "16384.0"),
    ("\"stateInterval\"", "\"more\":1,\"stateInterval\""), ("\"parameters\"", "\"more\":1,\"parameters\""),
    ("pilot.example", "pilot example"), ("pilot.example", "pilot+example"), ("pilot.example", ""),
    ("\"validator\"", ""),
    ("[\"validator\"]", "[\"validator\",\"validator\"]"), ("\"operator\"", "\"-\""),
    ("\"keys\":[", "\"keys\":[],\"x\":["), ("\"name\"", "\"more\":1,\"name\""),
  ])
  func `is refused for any other content`(_ old: String, _ new: String) throws {
    let good = try Vectors.text("log/genesis.json")
    #expect(good.contains(old))
    let changed = Array(good.replacing(old, with: new, maxReplacements: 1).utf8)
    expectRefusal(.genesis) { try Genesis(changed) }
  }

  @Test func `holds no key in two places`() throws {
    let good = try Vectors.text("log/genesis.json")
    let (vote, cosign, other) = (
      try Vectors.value("x", "vote"), try Vectors.value("x", "cosign"), try Vectors.value("x", "operator")
    )
    for changed in [
      good.replacing(other, with: vote), good.replacing(cosign, with: vote),
      good.replacing("{\"x\":\"\(vote)\",\"roles\":[\"validator\"]},", with: ""),
    ] {
      expectRefusal(.genesis) { try Genesis(Array(changed.utf8)) }
    }
  }

  @Test(arguments: [
    "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "7P_______________________________________38",
  ])
  func `holds no small-order key anywhere`(_ x: String) throws {
    let good = try Vectors.text("log/genesis.json")
    for name in ["vote", "cosign", "operator"] {
      let changed = good.replacing(try Vectors.value("x", name), with: x)
      expectRefusal(.genesis) { try Genesis(Array(changed.utf8)) }
    }
  }

  @Test func `is at most as long as a line`() throws {
    let good = try Vectors.text("log/genesis.json")
    let room = SignedLine.maximumLength - good.utf8.count
    #expect(throws: Never.self) { try Genesis(Array((good + String(repeating: " ", count: room)).utf8)) }
    expectRefusal(.genesis) {
      try Genesis(Array((good + String(repeating: " ", count: room + 1)).utf8))
    }
  }

  /// More than two thirds: n = 3f + 1 validators stand f that are down or lie.
  @Test(arguments: zip([1, 2, 3, 4, 5, 6, 7, 10, 64], [1, 2, 3, 3, 4, 5, 5, 7, 43]))
  func `asks a quorum of its validators`(_ count: Int, _ quorum: Int) throws {
    let set = try Self.validators(count)
    #expect(set.quorum == quorum)
    #expect(3 * set.quorum > 2 * count && 3 * (set.quorum - 1) <= 2 * count)
  }

  @Test(arguments: [0, 65])
  func `has 1 to 64 validators`(_ count: Int) {
    #expect(throws: LogError.self) { try Self.validators(count) }
  }

  static func key(_ number: Int) throws -> SecretKey {
    try SecretKey(seed: [UInt8(number & 0xFF), UInt8(number >> 8)] + [UInt8](repeating: 0xA5, count: 30))
  }

  static func validators(_ count: Int) throws -> ValidatorSet {
    try ValidatorSet(
      (0..<count).map {
        try .init(name: "v\($0).example", vote: key(2 * $0).publicKey, cosign: key(2 * $0 + 1).publicKey)
      })
  }
}
