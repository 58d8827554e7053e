import Cryptography
import Encoding
import Quantities
import Testing

@testable import Log

@Suite("A checkpoint")
struct CheckpointTests {
  static let root = "wXXp48JQchSVcEq/MiuY5UTxGrqQgI4DYUAiAFuknEQ="

  @Test func `is three lines`() throws {
    let checkpoint = try Checkpoint(text: "vectors.example/log\n6\n\(Self.root)\n")
    #expect(checkpoint.size == 6)
    #expect(checkpoint.root.base64 == Self.root)
    #expect(checkpoint.text == "vectors.example/log\n6\n\(Self.root)\n")
    #expect(try Checkpoint(text: "a\n0\n\(Self.root)\n").size == 0)
  }

  @Test(arguments: [
    "", "a\n6\n\(root)", "a\n6\n\(root)\nmore\n", "a\n6\n\(root)\n\n", "\n6\n\(root)\n", "a\n06\n\(root)\n",
    "a\n+6\n\(root)\n",
    "a\n-6\n\(root)\n", "a\n 6\n\(root)\n", "a\n6.0\n\(root)\n", "a\n\n\(root)\n", "a\n6\n\n",
    "a\n6\n\(root.dropLast())\n",
    "a\n6\n\(root)=\n", "a\n6\nAAAA\n", "a\n9223372036854775808\n\(root)\n", "a\r\n6\r\n\(root)\r\n", "a\n６\n\(root)\n",
    "a\n6\nwXXp48JQchSVcEq/MiuY5UTxGrqQgI4DYUAiAFuknER=\n",
  ])
  func `has no other form`(_ text: String) {
    expectRefusal(.checkpoint, "\(text.debugDescription)") { try Checkpoint(text: text) }
  }

  @Test func `is of the log whose bytes it names`() throws {
    let checkpoint = try Checkpoint(text: "\u{212A}\n6\n\(Self.root)\n")
    #expect("\u{212A}" == "K")
    expectRefusal(.wrongChain) { try checkpoint.require("K") }
    #expect(throws: Never.self) { try Checkpoint(text: "K\n6\n\(Self.root)\n").require("K") }
  }
}

@Suite("A cosigned checkpoint")
struct CosignedCheckpointTests {
  static let time = Instant(milliseconds: 1_780_000_000_999)

  static func checkpoint() throws -> Checkpoint {
    try Checkpoint(text: "vectors.example/log\n6\n\(CheckpointTests.root)\n")
  }

  static func keys(_ count: Int) throws -> [(name: String, key: SecretKey)] {
    try (0..<count).map { ("v\($0).example", try GenesisTests.key(2 * $0 + 1)) }
  }

  @Test func `signs the whole second, and the checkpoint's text`() throws {
    let key = try Vectors.key("cosign")
    let cosigned = try CosignedCheckpoint(Self.checkpoint(), at: Self.time, by: [("pilot.example", key)])
    let signature = cosigned.note.signatures[0]
    #expect(signature.bytes.prefix(8) == [0, 0, 0, 0, 0x6A, 0x18, 0xA5, 0x00])
    let message = "cosignature/v1\ntime 1780000000\nvectors.example/log\n6\n\(CheckpointTests.root)\n"
    #expect(key.publicKey.isValid(signature.bytes[8...], over: Array(message.utf8)[...]))
  }

  /// A quorum is more than two thirds of the validators, each counted once.
  @Test(arguments: [1, 2, 3, 4, 7])
  func `counts with a quorum and not with one less`(_ count: Int) throws {
    let set = try GenesisTests.validators(count)
    let signers = try Self.keys(count)
    for cosigners in 0...count {
      let by = cosigners == 0 ? [("stranger", try GenesisTests.key(999))] : Array(signers.prefix(cosigners))
      let checkpoint = try CosignedCheckpoint(Self.checkpoint(), at: Self.time, by: by)
      if cosigners >= set.quorum {
        try set.requireQuorum(on: checkpoint)
      } else {
        expectRefusal(.quorum) { try set.requireQuorum(on: checkpoint) }
      }
    }
    let repeated = try CosignedCheckpoint(
      Self.checkpoint(), at: Self.time, by: [(name: String, key: SecretKey)](repeating: signers[0], count: count))
    if count > 1 { expectRefusal(.quorum) { try set.requireQuorum(on: repeated) } }
  }

  @Test func `ignores strangers and refuses a known key's bad signature`() throws {
    let set = try GenesisTests.validators(4)
    let signers = try Self.keys(4)
    let good = try CosignedCheckpoint(
      Self.checkpoint(), at: Self.time, by: signers + [("stranger", try GenesisTests.key(999))])
    try set.requireQuorum(on: good)
    #expect(try good.verify(set.validators.map(\.cosign)).count == 4)
    for index in 0..<5 {
      for byte in [0, 7, 8, 71] {
        var signatures = good.note.signatures
        var bytes = signatures[index].bytes
        bytes[byte] ^= 1
        signatures[index] = .init(name: signatures[index].name, keyID: signatures[index].keyID, bytes: bytes)
        let note = SignedNote(text: good.note.text, signatures: signatures)
        let damaged = try CosignedCheckpoint(Array(note.description.utf8))
        if index == 4 {
          try set.requireQuorum(on: damaged)
        } else {
          expectRefusal(.signature) { try set.requireQuorum(on: damaged) }
        }
      }
    }
  }

  @Test(arguments: [0, 63, 71, 73])
  func `has cosignatures of 72 bytes`(_ count: Int) throws {
    let key = try VerifierKey(name: "pilot.example", key: Vectors.key("cosign").publicKey)
    let bytes = [UInt8](repeating: 1, count: max(1, count))
    let note = SignedNote(
      text: try Self.checkpoint().text, signatures: [.init(name: key.name, keyID: key.id, bytes: bytes)])
    let checkpoint = try CosignedCheckpoint(Array(note.description.utf8))
    expectRefusal(.signature) { try checkpoint.verify([key]) }
  }

  @Test func `counts no time beyond 2^63`() throws {
    let secret = try Vectors.key("cosign")
    let key = try VerifierKey(name: "pilot.example", key: secret.publicKey)
    let text = try Self.checkpoint().text
    let signature = secret.sign(Array("cosignature/v1\ntime \(UInt64.max)\n\(text)".utf8))
    let note = SignedNote(
      text: text,
      signatures: [.init(name: key.name, keyID: key.id, bytes: [UInt8](repeating: 0xFF, count: 8) + signature)])
    let checkpoint = try CosignedCheckpoint(Array(note.description.utf8))
    expectRefusal(.signature) { try checkpoint.verify([key]) }
  }

  @Test func `knows a signer by the bytes of its name`() throws {
    let key = try VerifierKey(name: "caf\u{E9}.example", key: Vectors.key("cosign").publicKey)
    let signed = try CosignedCheckpoint(Self.checkpoint(), at: Self.time, by: [(key.name, Vectors.key("cosign"))])
    #expect(try signed.verify([key]) == [key])
    let other = signed.note.description.replacing("caf\u{E9}", with: "cafe\u{301}")
    #expect(try CosignedCheckpoint(Array(other.utf8)).verify([key]).isEmpty)
  }
}

@Suite("A verifier key")
struct VerifierKeyTests {
  static let text = "pilot.example+7ae0874c+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"

  @Test func `is name, identifier and key`() throws {
    let key = try VerifierKey(Self.text)
    #expect(key.name == "pilot.example" && key.kind == .cosignature)
    #expect(key.key == (try Vectors.key("cosign").publicKey))
    #expect(key.description == Self.text)
    let note = try VerifierKey(name: "a", kind: .note, key: key.key)
    #expect(try VerifierKey(note.description) == note)
    #expect(note != (try VerifierKey(name: "a", key: key.key)))
  }

  @Test(arguments: [
    "", "+", "++", "pilot.example", "pilot.example+7ae0874c", "+7ae0874c+BIE5", "pilot.example+7ae0874d+BIE5dw6ofRdf",
    text + "A", text + "=", text.replacing("7ae0874c", with: "7AE0874C"), text.replacing("7ae0874c", with: "7ae0874d"),
    text.replacing("pilot", with: "pil ot"), text.replacing("+BIE", with: "+BYE"), text.replacing("+BIE", with: "+AoE"),
    "a+b3d1f0bb+BAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  ])
  func `has no other form`(_ text: String) {
    expectRefusal(.note, "\(text)") { try VerifierKey(text) }
  }

  @Test(arguments: ["", " ", "a b", "a+b", "a\u{2028}b", "a\nb", "a\u{1F}"])
  func `has a name without spaces and plus`(_ name: String) throws {
    let key = try Vectors.key("cosign").publicKey
    expectRefusal(.note) { try VerifierKey(name: name, key: key) }
  }
}
