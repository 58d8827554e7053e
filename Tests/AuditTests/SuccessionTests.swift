import Cryptography
import Log
import Quantities
import Storage
import Testing
import Village

@Suite("The succession of validators") struct SuccessionTests {
  private static func follow(_ log: SmallLog) throws -> Succession {
    var succession = Succession(try Genesis(log.lines[0]))
    for line in log.lines.dropFirst() { try succession.append(.init(line)) }
    try succession.require(CosignedCheckpoint(log.note))
    return succession
  }

  @Test func `is what the log decided, learnt from its leaves`() throws {
    let log = try GovernedLog.eventful()
    let succession = try Self.follow(SmallLog(log))
    #expect(succession.governance.terms == log.ledger.terms)
    #expect(succession.governance.guilty == log.ledger.community.governance.guilty)
    #expect(succession.vouched!.size < succession.size && succession.tiles.root == log.ledger.tiles.root)
  }

  @Test func `believes no log of which a leaf is another`() throws {
    let log = SmallLog(try GovernedLog.eventful())
    for index in 1..<log.lines.count {
      var other = log
      other.lines[index][other.lines[index].count - 2] ^= 1
      #expect(throws: LogError.self, "leaf \(index)") { try Self.follow(other) }
      other = log
      other.lines.remove(at: index)
      #expect(throws: LogError.self, "without leaf \(index)") { try Self.follow(other) }
    }
  }

  @Test func `asks those who decide there for the checkpoint, and nobody who has left`() throws {
    var log = SmallLog(try GovernedLog.eventful())
    try log.cosign([("v0", "v0"), ("v1", "v1"), ("v2", "v2")])
    #expect(throws: LogError.self) { try Self.follow(log) }
    try log.cosign([("v0", "v0"), ("v2", "v2"), ("v4", "v4")])
    _ = try Self.follow(log)
  }

  /// The set changes with blocks 3 and 5 here; the lines of these must carry the word of those who decided before.
  @Test func `takes a change from those alone who decided before it`() throws {
    let log = SmallLog(try GovernedLog.eventful())
    for index in log.lines.indices.dropFirst() {
      guard let line = try? SignedLine(log.lines[index]), let block = try? BlockLine(line), block.height > 1 else {
        continue
      }
      var other = log
      other.lines[index] = try BlockLine(
        chain: block.chain, height: block.height, time: block.time, previous: block.previous, first: block.first,
        validators: block.validators, state: block.state,
        precommits: block.precommits.map { try Self.broken($0, in: block) }
      ).signed(by: GovernedLog.key(Self.proposer(of: line))).bytes
      var succession = Succession(try Genesis(log.lines[0]))
      for line in other.lines[1..<index] { try succession.append(.init(line)) }
      if [3, 5].contains(block.height) {
        #expect(throws: LogError.self, "block \(block.height)") { try succession.append(.init(other.lines[index])) }
      } else {
        try succession.append(.init(other.lines[index]))
      }
    }
  }

  /// The precommit with a signature of nothing.
  private static func broken(_ precommit: Precommit, in block: BlockLine) throws -> Precommit {
    let vote = Vote(
      chain: block.chain, height: block.height - 1, round: precommit.round, step: .precommit, root: block.previous)
    return Precommit(try SignedVote(vote, author: precommit.author, signature: precommit.signature.reversed()))
  }

  private static func proposer(of line: SignedLine) throws -> String {
    for name in ["v0", "v1", "v2", "v3", "v3b", "v4"] where try GovernedLog.key(name).id == line.author { return name }
    throw LogError(.authority, "nobody of this test signed the line")
  }

  @Test func `follows nobody for long on no word of those who decide`() throws {
    let log = try GovernedLog(validators: 4)
    var succession = Succession(log.ledger.community.genesis)
    var count = 0
    #expect(throws: LogError.self) {
      for sequence in 1...(3 * Succession.longestSilence) {
        let line = try EntryDraft(
          chain: GovernedLog.origin, id: EntryID("e"), sequence: sequence, at: log.ledger.time,
          events: [Array(#"{"type":"x"}"#.utf8)]
        ).signed(by: GovernedLog.key("clerk"))
        try succession.append(.init(line.bytes))
        count = sequence
      }
    }
    #expect(count == 2 * Succession.longestSilence)
  }
}
