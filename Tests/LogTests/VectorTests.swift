import Cryptography
import Encoding
import Foundation
import Quantities
import Testing

@testable import Log

@Suite("The stored vectors")
struct VectorTests {
  @Test(arguments: ["vote", "cosign", "operator", "party"])
  func `name each key by its thumbprint`(_ name: String) throws {
    let key = try Vectors.key(name)
    #expect(key.publicKey.base64url == (try Vectors.value("x", name)))
    #expect(key.id.description == (try Vectors.value("kid", name)))
  }

  @Test func `are the genesis that is written here`() throws {
    let bytes = try Vectors.bytes("log/genesis.json")
    let read = try Genesis(bytes)
    let written = try Genesis(
      origin: Vectors.value("origin"), time: Instant(milliseconds: 1_780_000_000_000),
      validators: ValidatorSet([
        .init(
          name: "pilot.example", vote: Vectors.key("vote").publicKey, cosign: Vectors.key("cosign").publicKey)
      ]),
      grants: [
        Grant(key: Vectors.key("vote").publicKey, roles: [RoleID("validator")]),
        Grant(key: Vectors.key("operator").publicKey, roles: [RoleID("operator")]),
      ],
      parameters: .init(stateInterval: 16_384))
    #expect(written.bytes == bytes)
    #expect(read.validators == written.validators)
    #expect(read.grants == written.grants)
    #expect(read.validators.digest.hex == (try Vectors.value("validators")))
    #expect(read.validators.validators[0].cosign.description == (try Vectors.value("verifier")))
    #expect(read.validators.quorum == 1)
  }

  @Test func `are the entry line that is signed here`() throws {
    let bytes = try Vectors.bytes("entry.jws")
    let draft = EntryDraft(
      chain: try Vectors.value("origin"), id: try EntryID("hello-1"), sequence: 1,
      at: Instant(milliseconds: 1_780_000_001_000),
      events: [Array(#"{"type":"participant.joined","participant":"h01"}"#.utf8)])
    #expect(try draft.signed(by: Vectors.key("operator")).bytes == bytes)
    let entry = try Entry(bytes)
    #expect(entry.author.description == (try Vectors.value("kid", "operator")))
    #expect(entry.line.isSigned(by: try Vectors.key("operator").publicKey))
    #expect(!entry.line.isSigned(by: try Vectors.key("vote").publicKey))
    #expect(entry.chain == draft.chain && entry.id == draft.id && entry.sequence == 1 && entry.at == draft.at)
    #expect(entry.events.count == 1)
  }

  @Test func `are the block line that is signed here`() throws {
    let bytes = try Vectors.bytes("block.jws")
    let block = BlockLine(
      chain: try Vectors.value("origin"), height: 1, time: Instant(milliseconds: 1_780_000_002_000),
      previous: try Vectors.genesis().leafHash, first: 1,
      validators: try #require(Digest(hex: Vectors.value("validators"))),
      state: .init(height: 0, digest: try #require(Digest(hex: Vectors.value("state")))))
    #expect(try block.signed(by: Vectors.key("vote")).bytes == bytes)
    #expect(try BlockLine(SignedLine(bytes)) == block)
  }

  @Test func `are the leaves, the tile and the roots`() throws {
    let leaves = try Vectors.leaves()
    let hashes = leaves.map(MerkleHash.leaf)
    #expect(hashes.map(\.hex) == (try #require(try Vectors.values()["leaves"] as? [String])))
    #expect(hashes.flatMap(\.bytes) == (try Vectors.bytes("log/tile/0/000.p/6")))
    #expect(EntryBundle.encode(leaves) == (try Vectors.bytes("log/tile/entries/000.p/6")))
    var frontier = MerkleFrontier()
    for hash in hashes[..<3] { frontier.append(hash) }
    #expect(frontier.root.hex == (try Vectors.value("root3")))
    for hash in hashes[3...] { frontier.append(hash) }
    #expect(frontier.root.hex == (try Vectors.value("root6")))
  }

  @Test func `are the checkpoints that are cosigned here`() throws {
    let genesis = try Vectors.genesis()
    for (name, size, second) in [("checkpoint-3", 3, 2), ("log/checkpoint", 6, 5)] {
      let bytes = try Vectors.bytes(name)
      let root = try #require(Digest(hex: try Vectors.value("root\(size)")))
      let written = try CosignedCheckpoint(
        Checkpoint(origin: genesis.origin, size: size, root: root),
        at: Instant(milliseconds: 1_780_000_000_000 + second * 1000),
        by: [("pilot.example", Vectors.key("cosign"))])
      #expect(written.bytes == bytes)
      let read = try CosignedCheckpoint(bytes)
      #expect(read == written)
      try genesis.validators.requireQuorum(on: read)
    }
  }

  @Test func `are the proofs that are made here`() throws {
    let leaves = try Vectors.leaves()
    let hashes = leaves.map(MerkleHash.leaf)
    func subtree(_ level: Int, _ index: Int) -> Digest {
      TileReader.root(hashes[(index << level)..<((index + 1) << level)])
    }
    let checkpoint = try CosignedCheckpoint(Vectors.bytes("log/checkpoint"))
    let policy = try TrustPolicy(Vectors.genesis())

    let path = MerkleProof.inclusion(of: 1, size: 6, subtree: subtree)
    let proof = LogProof(index: 1, path: path, checkpoint: checkpoint)
    #expect(proof.bytes == (try Vectors.bytes("entry-1.tlog-proof")))
    #expect(try LogProof(proof.bytes) == proof)
    try proof.verify(leaves[1], under: policy)

    let consistency = ConsistencyProof(
      old: 3, new: 6, hashes: MerkleProof.consistency(from: 3, to: 6, subtree: subtree))
    #expect(consistency.bytes == (try Vectors.bytes("consistency-3-6")))
    #expect(try ConsistencyProof(consistency.bytes) == consistency)
    try consistency.verify(from: CosignedCheckpoint(Vectors.bytes("checkpoint-3")), to: checkpoint, under: policy)

    let event = try EventProof(
      event: 0, line: leaves[4],
      proof: LogProof(index: 4, path: MerkleProof.inclusion(of: 4, size: 6, subtree: subtree), checkpoint: checkpoint))
    #expect(event.bytes == (try Vectors.bytes("event-4-0.json")))
    #expect(try EventProof(event.bytes) == event)
    try event.verify(under: policy)
    var fields = try event.fact().fields()
    #expect(try fields.string("type") == "order.placed")
  }

  @Test func `are the policy of the genesis`() throws {
    let bytes = try Vectors.bytes("log.policy")
    #expect(TrustPolicy.text(try Vectors.genesis()) == bytes)
    let policy = try TrustPolicy(bytes, origin: Vectors.value("origin"))
    let proof = try LogProof(Vectors.bytes("entry-1.tlog-proof"))
    try proof.verify(Vectors.bytes("entry.jws"), under: policy)
  }

  @Test func `hold a block for every line that closes one`() throws {
    var blocks = LogBlocks()
    var found: [LogBlock] = []
    for leaf in try Vectors.leaves().dropFirst() {
      if let block = try blocks.append(leaf) { found.append(block) }
    }
    #expect(found.map(\.first) == [1, 3])
    #expect(found.map(\.lineIndex) == [2, 5])
    #expect(found.map(\.size) == [3, 6])
    #expect(found.map(\.entries.count) == [1, 2])
    #expect(found.map(\.block.height) == [1, 2])
    #expect(found[1].block.previous == MerkleHash.leaf(try Vectors.leaves()[2]))
  }

  /// A stranger writes a verifier from the page, so what it shows is what these tests verify.
  @Test(arguments: [
    "log/genesis.json", "entry.jws", "block.jws", "checkpoint-3", "entry-1.tlog-proof", "consistency-3-6", "log.policy",
  ])
  func `are what Specs/log.md shows`(_ name: String) throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Specs/log.md")
    let text = try Vectors.text(name)
    #expect(try String(contentsOf: page, encoding: .utf8).contains(text.hasSuffix("\n") ? text : text + "\n"))
  }
}
