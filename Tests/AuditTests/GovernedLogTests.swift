import Audit
import Cryptography
import Foundation
import Log
import Storage
import Testing
import Village

/// A log in memory whose leaves fit into one tile.
struct SmallLog: LogSource {
  var lines: [[UInt8]]
  var note: [UInt8]

  init(_ log: GovernedLog) { (lines, note) = (log.leaves, log.checkpoint) }

  func genesis() throws(StorageError) -> [UInt8] { lines[0] }
  func checkpoint() throws(StorageError) -> [UInt8]? { note }
  func leaves(_ range: Range<Int>) throws(StorageError) -> [[UInt8]] { Array(lines[range]) }
  func strangers(size: Int) throws(StorageError) -> [String] { [] }

  func hashes(level: Int, index: Int, width: Int) throws(StorageError) -> [Digest] {
    lines[(index * 256)..<(index * 256 + width)].map(MerkleHash.leaf)
  }

  /// The checkpoint of these leaves, cosigned by each of `signers`, a name and a key.
  mutating func cosign(_ signers: [(String, String)]) throws {
    var tiles = TreeTiles()
    for line in lines { tiles.append(MerkleHash.leaf(line)) { _ in } }
    note = try CosignedCheckpoint(
      Checkpoint(origin: GovernedLog.origin, size: lines.count, root: tiles.root), at: .init(milliseconds: 0),
      by: signers.map { (name: $0.0, key: try GovernedLog.key("\($0.1) cosigns")) }
    ).bytes
  }
}

@Suite("A log whose validators change") struct GovernedLogTests {
  @Test func `verifies from its genesis alone, and names who is guilty`() throws {
    let log = try GovernedLog.eventful()
    let report = Auditor(SmallLog(log)).verify()
    #expect(report.findings == [])
    #expect(report.cosigners == ["v2", "v3", "v4"])
    #expect(report.notices.map(\.code) == ["validator_guilty"])
    #expect(report.notices.first?.sentence.contains("\"v1\"") == true)
    #expect(report.terms == log.ledger.terms && report.terms?.terms.count == 3)
    #expect(report.terms?.validators(at: 5).validators.map(\.name) == ["v0", "v2", "v3", "v4"])
  }

  @Test func `needs a quorum of those who decide at its end`() throws {
    var source = SmallLog(try GovernedLog.eventful())
    func codes() -> [String] { Auditor(source).verify().findings.map(\.code) }
    try source.cosign([("v0", "v0"), ("v1", "v1"), ("v2", "v2")])
    #expect(codes() == ["quorum_missing"])
    try source.cosign([("v0", "v0"), ("v2", "v2"), ("v3", "v3")])
    #expect(codes() == ["quorum_missing"])
    try source.cosign([("v0", "v0"), ("v2", "v2"), ("v3", "v3b")])
    #expect(codes() == [])
  }

  @Test func `has proofs for the policy of those who decide now, to which the genesis' refusal points`() throws {
    let log = try GovernedLog.eventful()
    let proof = try SmallLog(log).proof(of: 1)
    let genesis = log.ledger.community.genesis
    try proof.verify(log.leaves[1], under: TrustPolicy(origin: genesis.origin, log.ledger.terms.present))
    do {
      try proof.verify(log.leaves[1], under: TrustPolicy(genesis))
      Issue.record("those of the genesis are a quorum no more")
    } catch {
      #expect(error.kind == .quorum && error.sentence.contains("twinergy governance policy"))
    }
  }

  @Test func `is decided by nobody who has left`() throws {
    let log = try GovernedLog.eventful()
    var source = SmallLog(log)
    let last = source.lines.count - 1
    let right = try BlockLine(SignedLine(source.lines[last]))
    func codes(by author: String, _ validators: Digest, _ precommits: [Precommit]) throws -> [String] {
      source.lines[last] = try BlockLine(
        chain: right.chain, height: right.height, time: right.time, previous: right.previous, first: right.first,
        validators: validators, state: right.state, precommits: precommits
      ).signed(by: GovernedLog.key(author)).bytes
      try source.cosign([("v0", "v0"), ("v2", "v2"), ("v4", "v4")])
      return Auditor(source).verify().findings.map(\.code)
    }
    #expect(try codes(by: "v4", right.validators, right.precommits) == [])
    #expect(try codes(by: "v1", right.validators, right.precommits).first == "not_authorised")
    #expect(try codes(by: "v3", right.validators, right.precommits).first == "not_authorised")
    let old = log.ledger.terms.validators(at: 4)
    #expect(try codes(by: "v4", old.digest, right.precommits) == ["block_invalid"])
    let votes = try ["v0", "v1", "v2"].map { name in
      try SignedVote(
        Vote(chain: right.chain, height: right.height - 1, round: 0, step: .precommit, root: right.previous),
        by: GovernedLog.key(name))
    }
    #expect(try codes(by: "v4", right.validators, votes.map(Precommit.init)) == ["certificate_invalid"])
  }

  /// Made once; `Tools/audit.py` verifies it too. Other bytes mean that old logs mean something else now.
  @Test func `is the one that was stored`() throws {
    let scratch = try Scratch()
    _ = try LogExport.write(SmallLog(GovernedLog.eventful()), to: scratch("log"))
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    for name in ["genesis.json", "checkpoint", "tile/0/000.p/22", "tile/entries/000.p/22"] {
      let stored = try Data(contentsOf: tests.appending(path: "Fixtures/governed/\(name)"))
      #expect(try scratch.read("log/\(name)") == [UInt8](stored), "\(name)")
    }
  }
}
