import Community
import Consensus
import Log
import Quantities
import Replica
import Testing
import Village

@Suite("A validator that finds otherwise") struct DivergenceTests {
  private static func join(_ name: String, _ sequence: Int) throws -> SignedLine {
    try Village.line("operator", sequence: sequence, [#"{"type":"participant.joined","participant":"\#(name)"}"#])
  }

  @Test func `votes no more, and says after which block and from which entries on`() throws {
    var circle = try Circle()
    try circle.submit(Self.join("anna", 1), to: 0)
    #expect(circle.replicas.map(\.ledger.height) == [1, 1, 1, 1])
    // One of them believes that somebody has joined who has not.
    let ledger = circle.replicas[3].ledger
    var community = ledger.community
    try community.apply(EntryFacts(line: Self.join("ghost", 2)), at: 1, time: ledger.time)
    let line = BlockLine(
      chain: Village.origin, height: 1, time: ledger.time, previous: ledger.previous, first: 1,
      validators: community.genesis.validators.digest, state: ledger.state)
    try circle.replace(
      3, Ledger(community: community, tiles: ledger.tiles, line: line, leaf: ledger.previous, state: ledger.state))
    for sequence in 3...10 {
      try circle.submit(Self.join("p\(sequence)", sequence), to: sequence % 3)
      #expect(circle.halts[3] == nil || circle.replicas[0].ledger.size > 16)
    }
    #expect(circle.replicas[0].ledger.height == 9 && circle.halts.keys.sorted() == [3])
    let divergence = try #require(circle.halts[3])
    #expect(divergence.height == 8 && divergence.leaves == 1..<17)
    #expect(divergence.sentence.contains("state_differs"))
    #expect(circle.replicas[3].halted == divergence && circle.replicas[3].ledger.height == 8)
    // It says nothing any more but where it stands, and answers those who ask.
    let effects = circle.replicas[3].step(.receive(.status(height: 1), from: "v0"), at: Pilots.start)
    #expect(effects.count == 8)
  }
}
