import Cryptography
import Encoding
import Testing

@testable import Log

@Suite("The text of a proof")
struct ProofTextTests {
  static func proof() throws -> String { try Vectors.text("entry-1.tlog-proof") }

  @Test func `may hold extra data, which proves nothing`() throws {
    let text = try Self.proof().replacing("index 1\n", with: "extra AAEC\nindex 1\n")
    let proof = try LogProof(Array(text.utf8))
    #expect(proof == (try LogProof(Array(Self.proof().utf8))))
    try proof.verify(Vectors.bytes("entry.jws"), under: TrustPolicy(Vectors.genesis()))
  }

  @Test(arguments: [
    ("c2sp.org/tlog-proof@v1\n", ""), ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"), ("index 1\n", ""),
    ("@v1\n", "@v1 \n"), ("@v1\n", "@v1\r\n"), ("index 1", "index 01"), ("index 1", "index -1"),
    ("index 1", "index +1"),
    ("index 1", "index"), ("index 1", "Index 1"), ("index 1", "index  1"), ("index 1", "index 9223372036854775808"),
    ("index 1\n", "extra AAE\nindex 1\n"), ("index 1\n", "extra AAEC\nextra AAEC\nindex 1\n"),
    ("index 1\n", "index 1\n "),
    ("Y6i79l", "Y6i79"), ("V4=\n", "V4\n"), ("jU=\n", "jV=\n"), ("jU=\n", "jU= \n"),
  ])
  func `of inclusion has one form`(_ old: String, _ new: String) throws {
    let text = try Self.proof()
    guard text.contains(old) else { return #expect(old == "V4=\n") }
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    expectRefusal(.proofMalformed, "\(old) → \(new)") { try LogProof(Array(changed.utf8)) }
  }

  @Test func `of inclusion has an empty line, a checkpoint and at most 64 hashes`() throws {
    let text = try Self.proof()
    let header = text[..<text.firstRange(of: "\n\n")!.lowerBound]
    expectRefusal(.proofMalformed) { try LogProof(Array(header.utf8)) }
    expectRefusal(.note) { try LogProof(Array("\(header)\n\n".utf8)) }
    let hash = "Y6i79lD3cyFWQ9HIclEZCGwytF5DmkQbwLN8jv9ZljU=\n"
    let long = text.replacing("index 1\n", with: "index 1\n" + String(repeating: hash, count: 62))
    expectRefusal(.proofMalformed) { try LogProof(Array(long.utf8)) }
    expectRefusal(.proofMalformed) { try LogProof([0xFF]) }
  }

  @Test func `is cut nowhere`() throws {
    let policy = try TrustPolicy(Vectors.genesis())
    let bytes = Array(try Self.proof().utf8)
    let entry = try Vectors.bytes("entry.jws")
    for end in 0..<bytes.count {
      #expect(throws: LogError.self, "cut at \(end)") {
        try LogProof(Array(bytes[..<end])).verify(entry, under: policy)
      }
    }
  }

  /// Bits of the note's lines of strangers could be flipped unseen; this note has one line, of a known key.
  @Test func `is spoilt by every flip of a bit`() throws {
    let policy = try TrustPolicy(Vectors.genesis())
    let bytes = Array(try Self.proof().utf8)
    let entry = try Vectors.bytes("entry.jws")
    for bit in 0..<(bytes.count * 8) {
      var other = bytes
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: LogError.self, "bit \(bit)") { try LogProof(other).verify(entry, under: policy) }
    }
  }

  @Test func `of inclusion is for its entry, index and log`() throws {
    let proof = try LogProof(Array(Self.proof().utf8))
    let policy = try TrustPolicy(Vectors.genesis())
    let entry = try Vectors.bytes("entry.jws")
    expectRefusal(.proof) { try proof.verify(entry + [0x0A], under: policy) }
    for index in [0, 2, 3, 5, 6, .max] {
      let other = LogProof(index: index, path: proof.path, checkpoint: proof.checkpoint)
      expectRefusal(.proof) { try other.verify(entry, under: policy) }
    }
    let foreign = try TrustPolicy(Vectors.bytes("log.policy"), origin: "vectors.example/other")
    expectRefusal(.wrongChain) { try proof.verify(entry, under: foreign) }
  }

  @Test(arguments: [
    ("twinergy/consistency-proof@v1\n", ""), ("@v1", "@v2"), ("old 3\n", ""), ("old 3", "old 03"), ("old 3", "old -3"),
    ("new 6\n", ""), ("new 6", "new six"), ("old 3\nnew 6\n", "new 6\nold 3\n"), ("new 6\n", "new 6\n\n"), ("jV", "j"),
    ("ayc=\n", "ayc\n"), ("1h4=\n", "1h4="),
  ])
  func `of consistency has one form`(_ old: String, _ new: String) throws {
    let text = try Vectors.text("consistency-3-6")
    guard text.contains(old) else { return #expect(old == "jV") }
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    expectRefusal(.proofMalformed, "\(old) → \(new)") {
      try ConsistencyProof(Array(changed.utf8))
    }
  }

  @Test func `of consistency is for its two checkpoints`() throws {
    let proof = try ConsistencyProof(Vectors.bytes("consistency-3-6"))
    let policy = try TrustPolicy(Vectors.genesis())
    let (old, new) = (
      try CosignedCheckpoint(Vectors.bytes("checkpoint-3")), try CosignedCheckpoint(Vectors.bytes("log/checkpoint"))
    )
    try proof.verify(from: old, to: new, under: policy)
    expectRefusal(.proof) { try proof.verify(from: new, to: old, under: policy) }
    expectRefusal(.proof) { try proof.verify(from: new, to: new, under: policy) }
    for position in proof.hashes.indices {
      var hashes = proof.hashes
      hashes[position] = hashes[position].flipped
      let other = ConsistencyProof(old: 3, new: 6, hashes: hashes)
      expectRefusal(.proof) { try other.verify(from: old, to: new, under: policy) }
    }
    let forged = try CosignedCheckpoint(
      Checkpoint(origin: new.checkpoint.origin, size: 6, root: old.checkpoint.root), at: CosignedCheckpointTests.time,
      by: [("stranger", Vectors.key("party"))])
    expectRefusal(.quorum) { try proof.verify(from: old, to: forged, under: policy) }
  }

  @Test(arguments: [
    ("\"event\":0", "\"event\":2"), ("\"event\":0", "\"event\":-1"), ("\"index\":4", "\"index\":3"),
    ("-proof\":1", "-proof\":2"),
    ("\"event\":0", "\"event\":0,\"more\":1"), ("\"event\":0", "\"event\":\"0\""), ("\"line\"", "\"lines\""),
  ])
  func `of an event names one that the entry has`(_ old: String, _ new: String) throws {
    let text = try Vectors.text("event-4-0.json")
    #expect(text.contains(old))
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    expectRefusal(.proofMalformed, "\(new)") { try EventProof(Array(changed.utf8)) }
  }

  @Test func `of an event is spoilt by every flip of a bit that changes what it says`() throws {
    let good = try Vectors.bytes("event-4-0.json")
    let policy = try TrustPolicy(Vectors.genesis())
    let whole = try EventProof(good)
    for bit in 0..<(good.count * 8) {
      var other = good
      other[bit / 8] ^= 1 << (bit % 8)
      // A flip within the JSON may name the other event of the entry, which is proven as well.
      if let proof = try? EventProof(other), (try? proof.verify(under: policy)) != nil {
        #expect(proof.line == whole.line && proof.proof == whole.proof && proof.event == 1, "bit \(bit)")
      }
    }
  }
}
