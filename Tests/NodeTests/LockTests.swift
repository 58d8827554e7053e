import Consensus
import Log
import Replica
import Testing
import Village

/// The paper's reason for locks, played message by message: v0 alone sees a block decided in round 0, and v1, which knows of
/// no quorum that prevoted it, proposes another one in round 1.
@Suite("A validator's lock") struct LockTests {
  /// Heights and roots in the end of v0, v1.
  private static func play(forgetting: Bool) throws -> (heights: [Int], areSame: Bool) {
    var circle = try Circle()
    circle.isLost = { sender, receiver, packet in
      switch packet {
      case .decided, .certificate: return true
      case .votes(let votes) where votes[0].vote.round == 0:
        if votes[0].vote.step == .prevote { return (sender, receiver) == (2, 1) }
        return sender == 0
      case .proposal(let proposal, _, _): return proposal.proposal.round == 0 && receiver == 3
      default: return false
      }
    }
    try circle.submit(
      Village.line("operator", sequence: 1, [#"{"type":"participant.joined","participant":"anna"}"#]), to: 0)
    circle.end(.propose, of: 3)
    circle.deliverLost(to: 3) { if case .proposal = $0 { true } else { false } }
    circle.end(.prevote, of: 1)
    #expect(circle.replicas.map(\.ledger.height) == [1, 0, 0, 0])
    circle.away = [0]
    if forgetting { for place in 1..<4 { circle.replicas[place].forgetLock() } }
    for place in [2, 3, 1] { circle.end(.precommit, of: place) }
    let ledgers = circle.replicas.map(\.ledger)
    return (ledgers.map(\.height), ledgers[0].tiles.root == ledgers[1].tiles.root)
  }

  @Test func `keeps a second block from being decided`() throws {
    #expect(try Self.play(forgetting: false).heights == [1, 0, 0, 0])
  }

  @Test func `forgotten, lets two blocks be decided at one height`() throws {
    let (heights, areSame) = try Self.play(forgetting: true)
    #expect(heights == [1, 1, 1, 1] && !areSame)
  }
}
