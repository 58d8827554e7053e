import Chance
import Consensus
import Log
import Testing

@Suite("A restarted validator")
struct RestartTests {
  @Test(arguments: 0..<200)
  func `never contradicts what it said before`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var bench = Bench(me: 1)
    _ = try bench.play("start")
    for _ in 0..<40 {
      if random.next() % 8 == 0 { bench = try bench.restarted() }
      _ = try bench.play(Self.token(&random, bench.consensus.round))
    }
    var said: [String: Vote] = [:]
    for (signed, _) in bench.stored {
      let vote = signed.vote
      let place = "\(vote.round) \(vote.step)"
      #expect(said[place] == nil || said[place] == vote, "seed \(seed): two votes at \(place)")
      said[place] = vote
    }
  }

  @Test func `goes on in its round and step, with its lock`() throws {
    var bench = Bench(me: 1)
    _ = try bench.play("start P0A 0v0A 2v0A 0c0- 2c0- tc0 tp1")
    let before = bench.consensus
    bench = try bench.restarted()
    #expect(bench.consensus.round == before.round && bench.consensus.step == before.step)
    #expect(bench.consensus.locked == before.locked && bench.consensus.locked?.root == Bench.root("A"))
    #expect(try bench.play("0c1- 2c1- 3c1- tc1 P2B").contains("v2-"))
  }

  @Test func `proposes its locked block again, with the prevotes that prove it`() throws {
    var bench = Bench(me: 1)
    _ = try bench.play("start P0A 0v0A 2v0A")
    bench = try bench.restarted()
    #expect(try bench.play("0c0- 2c0- tc0").contains("P1A<0"))
    #expect(bench.consensus.prevotes(in: 0)?.votes.count == 3)
  }

  /// A message or the end of a wait, near the present round.
  private static func token(_ random: inout SplitMix64, _ present: Int) -> String {
    let round = max(0, present + Int(random.next() % 3) - 1)
    let place = [0, 2, 3][Int(random.next() % 3)]
    let block = ["A", "B", "-"][Int(random.next() % 3)]
    switch random.next() % 8 {
    case 0 where round % 4 != 1: return "P\(round)\(block == "-" ? "C" : block)"
    case 1 where round % 4 != 1 && round > 0: return "P\(round)A<\(round - 1)"
    case 2: return "t\(["p", "v", "c"][Int(random.next() % 3)])\(present)"
    case 3: return "V\(round)\(block == "-" ? "A" : block)"
    case 4, 5: return "\(place)v\(round)\(block)"
    default: return "\(place)c\(round)-"
    }
  }
}

extension Bench {
  /// The same validator after a crash: it has what was on its disk, and no more.
  func restarted() throws -> Bench {
    var again = Bench(me: me, height: consensus.height)
    for (vote, lock) in stored { again.restore(vote, lock) }
    _ = try again.play("start")
    return again
  }

  mutating func restore(_ vote: SignedVote, _ lock: Consensus.Lock?) {
    consensus.restore(vote, lock: lock)
    keep(vote, lock)
  }
}
