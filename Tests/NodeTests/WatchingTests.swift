import Community
import Log
import Replica
import Testing
import Village

@Suite("A validator that forgot what it has said") struct WatchingTests {
  private static func replica(_ place: Int, of count: Int, isWatching: Bool = false) throws -> Replica {
    try Replica(
      ledger: Ledger(Village.genesis(validators: count)), keys: Village.validator(place), precommits: [],
      checkpoint: nil, records: [], watchesSince: isWatching ? Pilots.start : nil, now: Pilots.start)
  }

  /// What `replica` stores and what it sends to one, in order.
  private static func effects(_ replica: inout Replica, _ packet: Packet, from sender: String) -> [String] {
    replica.step(.receive(packet, from: sender), at: Pilots.start).compactMap { effect in
      switch effect {
      case .persist(let packet, let height): "\(height): \(String(decoding: packet.bytes, as: UTF8.self))"
      case .send(let packet, let name): "\(name): \(String(decoding: packet.bytes, as: UTF8.self))"
      default: nil
      }
    }
  }

  @Test func `is told of a round that the others have stored first, once a second and once for each question`() throws {
    var replica = try Self.replica(0, of: 3)
    let question = Packet.forgot(number: 5, height: 1)
    #expect(Self.effects(&replica, question, from: "v2") == ["1: round\n2\n", "v2: answer\n5\n1\n2\n"])
    #expect(Self.effects(&replica, question, from: "v2") == ["v2: answer\n5\n1\n2\n"])
    #expect(Self.effects(&replica, .forgot(number: 4, height: 1), from: "v2") == [])
    _ = replica.step(.tick, at: Pilots.start)
    #expect(
      Self.effects(&replica, .forgot(number: 4, height: 1), from: "v2") == ["1: round\n4\n", "v2: answer\n4\n1\n4\n"])
  }

  @Test(arguments: [(3, "v2", 2), (3, "v0", 1), (3, "stranger", 1), (4, "v2", 1)])
  func `is told nothing elsewhere, itself, as a stranger, or where it is not needed`(
    count: Int, sender: String, height: Int
  ) throws {
    var replica = try Self.replica(0, of: count)
    #expect(Self.effects(&replica, .forgot(number: 5, height: height), from: sender) == [])
  }

  /// It may have gone ahead of the others by leaving rounds for somebody, and does not know.
  @Test func `is told nothing by one that forgot, too`() throws {
    var replica = try Self.replica(0, of: 3, isWatching: true)
    #expect(Self.effects(&replica, .forgot(number: 5, height: 1), from: "v2") == [])
  }

  @Test func `speaks once all others have answered, from the latest of their rounds on`() throws {
    var replica = try Self.replica(2, of: 3, isWatching: true)
    let questions = replica.step(.tick, at: Pilots.start).compactMap { effect -> Int? in
      if case .broadcast(.forgot(let number, height: 1)) = effect { number } else { nil }
    }
    let number = try #require(questions.first)
    for (sender, answer) in [
      ("v0", Packet.answer(number: number, height: 1, round: 2)), ("v0", .answer(number: number, height: 1, round: 2)),
      ("v1", .answer(number: number, height: 1, round: nil)), ("v1", .answer(number: number + 1, height: 1, round: 6)),
      ("v1", .answer(number: number, height: 2, round: 6)), ("v1", .answer(number: number, height: 1, round: 1 << 41)),
      ("stranger", .answer(number: number, height: 1, round: 6)),
    ] {
      _ = replica.step(.receive(answer, from: sender), at: Pilots.start)
      #expect(replica.consensus.me == nil)
    }
    _ = replica.step(.receive(.answer(number: number, height: 1, round: 4), from: "v1"), at: Pilots.start)
    #expect(try replica.consensus.me == Village.key("vote 2").id && replica.consensus.round == 4)
  }

  @Test func `is told the same or later after the other was started again`() throws {
    var records: [Packet] = []
    var replica = try Self.replica(0, of: 3)
    for effect in replica.step(.receive(.forgot(number: 5, height: 1), from: "v2"), at: Pilots.start) {
      if case .persist(let packet, 1) = effect { records.append(packet) }
    }
    var again = try Replica(
      ledger: replica.ledger, keys: Village.validator(0), precommits: [], checkpoint: nil, records: records,
      now: Pilots.start)
    #expect(again.consensus.round == 2 && !again.consensus.isStarted)
    #expect(
      Self.effects(&again, .forgot(number: 6, height: 1), from: "v2") == ["1: round\n4\n", "v2: answer\n6\n1\n4\n"])
  }
}
