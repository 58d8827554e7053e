import Consensus
import Log
import Testing

/// Validator 1 of four unless said otherwise; validator `round mod 4` proposes.
@Suite("A validator in consensus")
struct ConsensusTests {
  @Test(arguments: [
    // L14–21: the proposer proposes, the others wait.
    (0, "start", "wp0 P0"),
    (1, "start", "wp0"),
    // L22–27: a new proposal is prevoted if it is valid and near in time.
    (1, "start P0A", "wp0 v0A"),
    (1, "start P0A!", "wp0 v0-"),
    (1, "start P0A?", "wp0 v0-"),
    // Whatever came before the start counts.
    (1, "P0A 0v0A 2v0A start", "wp0 v0A c0A"),
    // L34–35, L36–43, L47–51: the way to a decision.
    (1, "start P0A 0v0A 2v0A 0c0A 2c0A", "wp0 v0A c0A dA"),
    // L34–35: a quorum that does not agree starts the wait; L61–64 end it.
    (1, "start P0A 0v0- 2v0B tv0", "wp0 v0A wv0 c0-"),
    // L44–46: a quorum of prevotes for none.
    (1, "start tp0 0v0- 2v0-", "wp0 v0- c0-"),
    // L57–60: no proposal came.
    (1, "start tp0", "wp0 v0-"),
    // Waits of other rounds and steps that are over change nothing.
    (1, "start tp1 tv0 tp0 tp0", "wp0 v0-"),
    // L47–48, L65–67: precommits that do not agree end the round.
    (1, "start tp0 0c0- 2c0A 3c0- tc0", "wp0 v0- wc0 c0- wp1 P1"),
    // L55–56: f + 1 validators are ahead; the round before the next is not left without votes.
    (1, "start 2v2- 3v3-", "wp0 v1- c1- wp2"),
    (1, "start 2v2- 2c2-", "wp0"),
    // L49: a decision in a round that is over.
    (1, "start P0A tp0 0c0A 2c0- 3c0A tc0 V0A C0A", "wp0 v0A wc0 c0- wp1 P1 dA"),
    // L50: a quorum decides what is not valid here.
    (1, "start P0A! C0A C0A", "wp0 v0- xA wc0"),
    // One who only watches says nothing, and learns the decision.
    (nil, "start P0A 0v0A 1v0A 2v0A C0A", "wp0 dA"),
    // A quorum as a whole counts though a liar told us something else before.
    (1, "start P0A 3v0B 0v0A V0A", "wp0 v0A wv0 c0A"),
  ])
  func `follows the algorithm line by line`(me: Int?, script: String, said: String) throws {
    var bench = Bench(me: me)
    let answer = try bench.play(script)
    #expect(answer == said)
  }

  /// Locks block A in round 0, then goes to round 1 or 2.
  private static let locks = "start P0A 0v0A 2v0A 0c0- 2c0- tc0"

  @Test(arguments: [
    // L15–16: it proposes what it holds for valid.
    ("", "P1A<0"),
    // L23: another new block is not prevoted; L28–29: nor one of a round before the lock.
    ("0c1- 2c1- 3c1- tc1 P2B", "v2-"),
    ("0c1- 2c1- 3c1- tc1 P2A", "v2A"),
    // L28–30: a quorum has prevoted B later than the lock: the lock yields.
    ("0c1- 2c1- 3c1- tc1 P2B<1 V1B", "v2B"),
    // A claim of that without the prevotes is no proof: it waits.
    ("0c1- 2c1- 3c1- tc1 P2B<1", "wp2"),
    ("0c1- 2c1- 3c1- tc1 P2B<1 tp2", "v2-"),
  ])
  func `keeps its lock until a later quorum shows another block`(script: String, last: String) throws {
    var bench = Bench(me: 1)
    let answer = try bench.play(Self.locks + " " + script)
    #expect(bench.consensus.locked?.root == Bench.root("A"))
    #expect(answer.split(separator: " ").contains(Substring(last)), "\(answer)")
    #expect(last == "v2B" || !answer.contains("v2B"), "\(answer)")
  }

  @Test(arguments: [
    ("start 2v0A 2v0A", "duplicate"), ("start P0A P0A", "duplicate"),
    ("start 2v0A 2v0B", "!2 contradiction"), ("start P0A P0B", "!0 contradiction"),
    ("start 3v9A 3v8A", "overtaken"), ("start 3v9A 3v9B", "!3 contradiction"),
    ("start 2v20- 3v20- 0v3A", "oldRound"), ("start 3v1099511627777A", "tooFar"),
  ])
  func `refuses what is known, contradicts or is over`(script: String, refusal: String) throws {
    var bench = Bench(me: 1)
    let answer = try bench.play(script)
    #expect(answer.hasSuffix(refusal), "\(answer)")
  }

  @Test func `refuses strangers, other logs, other heights and who does not propose`() throws {
    var bench = Bench(me: 1)
    func vote(_ chain: String, _ height: Int) -> Vote {
      Vote(chain: chain, height: height, round: 0, step: .prevote, root: nil)
    }
    let stranger = try Bench.stranger()
    let proposal = Proposal(chain: Bench.chain, height: 1, round: 0, validRound: nil, root: Bench.root("A")!)
    let cases: [(Consensus.Input, MessageRefusal)] = [
      (.vote(try SignedVote(vote(Bench.chain, 1), by: stranger)), .stranger),
      (.vote(try SignedVote(vote("other.example/lem", 1), by: Bench.keys[0])), .elsewhere),
      (.vote(try SignedVote(vote(Bench.chain, 2), by: Bench.keys[0])), .elsewhere),
      (
        .proposal(try SignedProposal(proposal, by: Bench.keys[2]), Verdict(isValid: true, isTimely: true)), .notProposer
      ),
    ]
    for (input, expected) in cases {
      guard case .refuse(let refusal)? = bench.consensus.step(input).first else {
        Issue.record("not refused: \(expected)")
        continue
      }
      #expect(refusal == expected)
    }
  }

  @Test func `holds a bounded number of rounds under a flood`() throws {
    var bench = Bench(me: 1)
    _ = try bench.play("start")
    for round in 1...3000 { _ = try bench.play("3v\(round)A 2v\(round % 7)-") }
    #expect(bench.consensus.heldRounds <= Consensus.window + 4 + 5)
  }

  @Test func `waits longer in each round, but never more than a minute`() {
    for kind in Timeout.Kind.allCases {
      let waits = (0..<300).map { Timeout(kind, height: 1, round: $0).milliseconds }
      #expect(waits == waits.sorted() && waits[0] >= 500 && waits.last == Timeout.longest)
    }
    #expect(Timeout(.propose, height: 1, round: .max).milliseconds == Timeout.longest)
  }

  @Test func `lets everybody propose in turn`() {
    for height in 1...8 {
      let consensus = Bench(me: 1, height: height).consensus
      #expect(Set((0..<4).map(consensus.proposer)) == [0, 1, 2, 3])
    }
  }
}
