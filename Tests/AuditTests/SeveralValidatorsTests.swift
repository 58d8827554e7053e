import Audit
import Cryptography
import Log
import Simulation
import Storage
import Testing

/// A log in memory.
private struct MemoryLog: LogSource {
  var lines: [[UInt8]]
  var note: [UInt8]

  func genesis() throws(StorageError) -> [UInt8] { lines[0] }
  func checkpoint() throws(StorageError) -> [UInt8]? { note }
  func leaves(_ range: Range<Int>) throws(StorageError) -> [[UInt8]] { Array(lines[range]) }
  func strangers(size: Int) throws(StorageError) -> [String] { [] }

  func hashes(level: Int, index: Int, width: Int) throws(StorageError) -> [Digest] {
    guard level == 0 else { throw .noEntry("the log is shorter than a tile") }
    return lines[(index * 256)..<(index * 256 + width)].map(MerkleHash.leaf)
  }
}

@Suite("A log of several validators")
struct SeveralValidatorsTests {
  private static func log() -> MemoryLog {
    var world = World(Scenario(seed: 2))
    _ = world.run()
    return MemoryLog(lines: world.log.leaves, note: world.log.checkpoint)
  }

  @Test func `verifies with the precommits of every block`() throws {
    let log = Self.log()
    let report = Auditor(log).verify()
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(report.blocks > 3 && report.cosigners.count >= 3)
    #expect(report.signatures >= report.entries + report.blocks + 3 * (report.blocks - 1))
  }

  @Test(arguments: ["fewer", "forged", "another round", "none"])
  func `does not verify with precommits that are`(_ fault: String) throws {
    var log = Self.log()
    let last = log.lines.count - 1
    let old = try BlockLine(SignedLine(log.lines[last]))
    var precommits = old.precommits
    switch fault {
    case "fewer": precommits.removeLast()
    case "forged": precommits[0] = try Self.forged(precommits[0])
    case "another round": precommits = try precommits.map { try Self.vote($0, round: $0.round + 1) }
    default: precommits = []
    }
    let line = BlockLine(
      chain: old.chain, height: old.height, time: old.time, previous: old.previous, first: old.first,
      validators: old.validators, state: old.state, precommits: precommits)
    let key = try SecretKey(seed: SHA256.hash(Array("simulated key 0".utf8)).bytes)
    log.lines[last] = try line.signed(by: key).bytes
    let codes = Auditor(log).verify().findings.filter { $0.index == last }.map(\.code)
    #expect(
      codes.contains(fault == "fewer" || fault == "none" ? "certificate_invalid" : "signature_invalid"), "\(codes)")
  }

  private static func forged(_ precommit: Precommit) throws -> Precommit { try vote(precommit, round: precommit.round) }

  /// The same place in the block line with a signature of something else.
  private static func vote(_ precommit: Precommit, round: Int) throws -> Precommit {
    let vote = Vote(chain: "simulation.example/lem", height: 1, round: round, step: .precommit, root: nil)
    return Precommit(try SignedVote(vote, author: precommit.author, signature: precommit.signature.reversed()))
  }
}
