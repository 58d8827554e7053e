import Cryptography
import Encoding
import Quantities
import Testing

@testable import Log

@Suite("A trust policy")
struct TrustPolicyTests {
  static let origin = "vectors.example/log"

  static func witness(_ number: Int) throws -> String {
    try VerifierKey(name: "v\(number).example", key: GenesisTests.key(2 * number + 1).publicKey).description
  }

  /// The checkpoint of the vectors, cosigned by the witnesses of these numbers.
  static func cosigned(by numbers: [Int]) throws -> CosignedCheckpoint {
    let signers = try numbers.map { ("v\($0).example", try GenesisTests.key(2 * $0 + 1)) }
    return try CosignedCheckpoint(
      CosignedCheckpointTests.checkpoint(), at: CosignedCheckpointTests.time,
      by: signers + [("stranger", GenesisTests.key(999))])
  }

  /// `text` with each `$n` replaced by the key of witness n.
  static func policy(_ text: String, origin: String? = origin) throws -> TrustPolicy {
    var text = text
    for number in (0..<10) { text = text.replacing("$\(number)", with: try witness(number)) }
    return try TrustPolicy(Array(text.utf8), origin: origin)
  }

  static func isEnough(_ policy: TrustPolicy, _ numbers: [Int]) throws -> Bool {
    let checkpoint = try cosigned(by: numbers)
    do throws(LogError) {
      _ = try policy.require(checkpoint)
      return true
    } catch {
      #expect(error.kind == .quorum)
      return false
    }
  }

  /// The example of the specification: two of three X and one of three Y.
  static let example = """
    # A comment.
    \t # Another, indented.

    witness X1 $1
    witness X2 $2 https://x2.example/
    \twitness  X3\t$3  \ngroup X-witnesses 2 X1 X2 X3
    witness Y1 $4
    witness Y2 $5
    witness Y3 $6
    group Y-witnesses any Y1 Y2 Y3
    group X-and-Y all X-witnesses Y-witnesses
    quorum X-and-Y

    """

  @Test func `counts every subset of witnesses as its groups say`() throws {
    let policy = try Self.policy(Self.example)
    for subset in 0..<64 {
      let numbers = (1...6).filter { subset >> ($0 - 1) & 1 == 1 }
      let expected = numbers.count { $0 <= 3 } >= 2 && numbers.contains { $0 > 3 }
      #expect(try Self.isEnough(policy, numbers) == expected, "\(numbers)")
    }
  }

  @Test func `names who has cosigned`() throws {
    let policy = try Self.policy(Self.example)
    #expect(try policy.require(Self.cosigned(by: [1, 3, 5])) == ["v1.example", "v3.example", "v5.example"])
  }

  @Test func `is that of a genesis`() throws {
    for count in [1, 2, 4, 7] {
      let set = try GenesisTests.validators(count)
      let genesis = try Genesis(
        origin: Self.origin, time: Instant(milliseconds: 0), validators: set,
        grants: set.validators.map { try Grant(key: $0.vote, roles: [RoleID("validator")]) },
        parameters: .init(stateInterval: 16))
      let read = try TrustPolicy(TrustPolicy.text(genesis), origin: Self.origin)
      for signers in 0...count {
        let numbers = Array(0..<signers)
        #expect(try Self.isEnough(read, numbers) == (signers >= set.quorum))
        #expect(try Self.isEnough(TrustPolicy(genesis), numbers) == (signers >= set.quorum))
      }
    }
  }

  @Test func `asks for a log's own signature where it lists logs`() throws {
    let secret = try GenesisTests.key(77)
    let log = try VerifierKey(name: Self.origin, kind: .note, key: secret.publicKey)
    let elsewhere = try VerifierKey(name: "another.example/log", kind: .note, key: secret.publicKey)
    let text = try CosignedCheckpointTests.checkpoint().text
    let signature = secret.sign(Array(text.utf8))
    func note(_ key: VerifierKey, _ bytes: [UInt8]) throws -> CosignedCheckpoint {
      let note = SignedNote(text: text, signatures: [.init(name: key.name, keyID: key.id, bytes: bytes)])
      return try CosignedCheckpoint(Array(note.description.utf8))
    }
    let policy = try Self.policy("log \(log) https://example/\nquorum none\n", origin: nil)
    #expect(try policy.require(note(log, signature)) == [Self.origin])
    #expect(throws: LogError.self) { try policy.require(note(log, [UInt8](repeating: 1, count: 64))) }
    #expect(throws: LogError.self) { try policy.require(note(elsewhere, signature)) }
    let other = try Self.policy("log \(elsewhere)\nquorum none\n", origin: nil)
    #expect(throws: LogError.self) { try other.require(note(elsewhere, signature)) }
    let both = try Self.policy("log \(log)\nwitness w $1\nquorum w\n")
    #expect(throws: LogError.self) { try both.require(note(log, signature)) }
  }

  @Test func `reads keys of types that it does not verify, and counts none of them`() throws {
    let unknown = "w.example+01020304+" + Base64.standard.encode([6] + [UInt8](repeating: 9, count: 1312))
    let policy = try Self.policy("witness a \(unknown)\nwitness b $2\ngroup g any a b\nquorum g\n")
    #expect(try Self.isEnough(policy, [2]))
    #expect(try !Self.isEnough(policy, [1]))
    #expect(throws: LogError.self) { try Self.policy("witness a \(unknown)\nwitness b \(unknown)\nquorum a\n") }
  }

  @Test func `takes names as bytes`() throws {
    let policy = try Self.policy("witness K $1\nwitness \u{212A} $2\nquorum \u{212A}\n")
    #expect(try Self.isEnough(policy, [2]))
    #expect(try !Self.isEnough(policy, [1]))
    let bytes =
      Array("witness ".utf8) + [0xFF, 0x80] + Array(" \(try Self.witness(1))\nquorum ".utf8) + [0xFF, 0x80, 0x0A]
    #expect(throws: Never.self) { try TrustPolicy(bytes, origin: Self.origin) }
  }

  @Test(arguments: [
    "", "quorum\n", "quorum x\n", "quorum none", "quorum none none\n", "quorum none\nquorum none\n", "Quorum none\n",
    "nonsense\nquorum none\n", "witness a\nquorum a\n", "witness a $1 u v\nquorum a\n",
    "witness none $1\nquorum none\n",
    "witness a $1\n", "quorum a\nwitness a $1\n", "witness a $1\nwitness a $2\nquorum a\n",
    "witness a $1\nwitness b $1\nquorum a\n", "witness a nokey\nquorum a\n", "witness a $1x\nquorum a\n",
    "group g any a\nwitness a $1\nquorum g\n", "witness a $1\ngroup g any\nquorum a\n",
    "witness a $1\ngroup g 0 a\nquorum g\n",
    "witness a $1\ngroup g 2 a\nquorum g\n", "witness a $1\ngroup g 01 a\nquorum g\n",
    "witness a $1\ngroup g -1 a\nquorum g\n",
    "witness a $1\ngroup g most a\nquorum g\n", "witness a $1\ngroup g any a a\nquorum g\n",
    "witness a $1\ngroup g any a\ngroup h any a\nquorum g\n", "witness a $1\ngroup a any a\nquorum a\n",
    "witness a $1\ngroup g any none\nquorum g\n", "group g any g\nquorum g\n", "log\nquorum none\n",
    "log $1 u v\nquorum none\n",
    "log $1\nlog $1\nquorum none\n", "quorum none\r\n", "quorum\u{B}none\n", "quorum none\u{7F}\n",
    "quorum\u{A0}none\n",
  ])
  func `has no other form`(_ text: String) {
    do {
      _ = try Self.policy(text)
      Issue.record("accepted: \(text)")
    } catch {
      #expect((error as? LogError)?.kind == .policy, "\(text): \(error)")
    }
  }

  @Test func `without a log needs the origin of one`() throws {
    #expect(throws: LogError.self) { try Self.policy("witness a $1\nquorum a\n", origin: nil) }
    let policy = try Self.policy("witness a $1\nquorum a\n", origin: "another.example/log")
    let checkpoint = try Self.cosigned(by: [1])
    expectRefusal(.wrongChain) { try policy.require(checkpoint) }
  }

  @Test func `has a witness's key that cosigns`() throws {
    let key = try VerifierKey(name: "w", kind: .note, key: GenesisTests.key(1).publicKey)
    #expect(throws: LogError.self) { try Self.policy("witness a \(key)\nquorum a\n") }
  }

  @Test func `keeps within its limits`() throws {
    let comment = "#" + String(repeating: "x", count: TrustPolicy.maximumLength - 14)
    #expect(throws: Never.self) { try Self.policy("\(comment)\nquorum none\n") }
    #expect(throws: LogError.self) { try Self.policy("\(comment)x\nquorum none\n") }
    func groups(_ count: Int) -> String {
      "witness g0 $1\n" + (1...count).map { "group g\($0) any g\($0 - 1)\n" }.joined() + "quorum g\(count)\n"
    }
    #expect(try Self.isEnough(Self.policy(groups(256)), [1]))
    #expect(throws: LogError.self) { try Self.policy(groups(257)) }
  }
}
