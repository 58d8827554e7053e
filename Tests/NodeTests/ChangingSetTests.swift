import Audit
import Community
import Foundation
import GRDB
import Log
import Node
import Storage
import Testing
import Village

@Suite("Validators that change", .timeLimit(.minutes(10))) struct ChangingSetTests {
  /// Where the log is published as it was before the change.
  private static let early = 99

  /// Four validators, three of whom give way to v4, v5 and v6: those of the genesis have no quorum any more.
  private static func changed() async throws -> Pilots {
    let pilots = try Pilots(4, made: 7)
    for place in 0..<4 { try pilots.start(place) }
    try await pilots.decide(pilots.motion(removing: [1, 2, 3], adding: [4, 5, 6], at: 6), 0, 1, 2)
    try pilots.publish(0)
    try pilots.publish(0, as: early)
    for place in 4..<7 { try pilots.start(place, peers: [0]) }
    let sequence = try await pilots.grow(to: 8, after: 0, at: 0)
    for place in 1..<4 { await pilots.stop(place) }
    let last = try await pilots.join("last", sequence + 1, at: 5)
    #expect(try await pilots.roots(last.checkpoint.checkpoint.size).count == 1)
    try pilots.publish(0)
    return pilots
  }

  private static func flip(_ pilots: Pilots, _ place: Int, leaf: Int) async throws {
    let queue = try DatabaseQueue(path: "\(pilots.directory(place))/log.sqlite")
    try await queue.write { db in
      var line = [UInt8](try Data.fetchOne(db, sql: "SELECT line FROM leaves WHERE idx = ?", arguments: [leaf])!)
      line[line.count / 2] ^= 1
      try db.execute(sql: "UPDATE leaves SET line = ? WHERE idx = ?", arguments: [Data(line), leaf])
    }
    try queue.close()
  }

  private static func isGood(_ pilots: Pilots, _ place: Int) throws -> Bool {
    let store = try LogStore.read(pilots.directory(place))
    defer { try? store.close() }
    let report = Auditor(store).verify()
    let replayed = try Replay.newest(store).terms
    return report.isGood && report.terms == replayed
  }

  @Test(arguments: [1, 3, 9, 14])
  func `repair a damaged entry, before the change or after, on the word of those who decide since`(
    leaf: Int
  ) async throws {
    let pilots = try await Self.changed()
    await pilots.stop(5)
    try await Self.flip(pilots, 5, leaf: leaf)
    try pilots.start(5, peers: [0])
    let told = pilots.told(by: 5)
    let repaired = told.filter { $0.name == "repaired" }.flatMap { $0.fields.filter { $0.name == "entry" } }
    #expect(repaired.map(\.value) == ["\(leaf)"] && !told.contains { $0.name == "set-aside" }, "\(told)")
    let receipt = try await pilots.join("after", 100, at: 5)
    #expect(try await pilots.roots(receipt.checkpoint.checkpoint.size).count == 1)
    await pilots.stopAll()
    #expect(try Self.isGood(pilots, 5))
  }

  @Test func `take nothing from those who have left, who go on with a log of their own`() async throws {
    let fork = try Pilots()
    for place in 0..<4 { try fork.start(place) }
    var last: Receipt?
    for number in 1...16 { last = try await fork.join("f\(number)", number, at: 0) }
    _ = try await fork.roots(last!.checkpoint.checkpoint.size)
    try fork.publish(0)
    await fork.stopAll()
    let pilots = try await Self.changed()
    try FileManager.default.copyItem(atPath: fork.scratch("published 0"), toPath: pilots.scratch("published 1"))
    await pilots.stop(5)
    try await Self.flip(pilots, 5, leaf: 14)
    try pilots.start(5, peers: [1, 0])
    let told = pilots.told(by: 5)
    #expect(told.contains { $0.name == "peer-unusable" && $0.fields[0].value.hasSuffix("published 1") }, "\(told)")
    #expect(told.contains { $0.name == "repaired" } && !told.contains { $0.name == "set-aside" }, "\(told)")
    await pilots.stopAll()
    #expect(try Self.isGood(pilots, 5))
  }

  @Test func `take a wiped validator in by what they publish, which learns there who decides`() async throws {
    let pilots = try await Self.changed()
    await pilots.stop(5)
    try pilots.wipe(5)
    pilots.network.cut("v5")
    let node = try pilots.start(5, peers: [0])
    let (here, there) = (await node.ledger(), await pilots.node(0).ledger())
    #expect(here.height == there.height - 1 && here.terms == there.terms)
    let told = pilots.told(by: 5).map(\.name)
    #expect(told.contains("following-validators") && told.contains("catching-up") && told.contains("watching"))
    pilots.network.cut()
    let receipt = try await pilots.join("after", 100, at: 4)
    #expect(try await pilots.roots(receipt.checkpoint.checkpoint.size).count == 1)
    #expect(node.statistics.validator?.isWatching == true)
    await pilots.stopAll()
    #expect(try Self.isGood(pilots, 5))
  }

  @Test func `go on where a wiped validator is needed since another has left`() async throws {
    let pilots = try Pilots()
    for place in 0..<4 { try pilots.start(place) }
    _ = try await pilots.join("a", 1, at: 0)
    try await pilots.loseDisk(1)
    let height = await pilots.node(0).ledger().height + 4
    try await pilots.decide(pilots.motion(removing: [3], adding: [], at: height), 0, 2, 3)
    await pilots.stop(3)
    try await pilots.grow(to: height + 1, after: 1, at: 0)
    #expect(await pilots.node(0).ledger().terms.present.validators.count == 3)
    try await pilots.until { pilots.node(1).statistics.validator?.isWatching == false }
    await pilots.stopAll()
  }

  /// It may have spoken before where those decided who came and never answered.
  @Test func `have a wiped validator watch on where another came before it had spoken on two blocks`() async throws {
    let pilots = try Pilots(3, made: 4)
    for place in 0..<3 { try pilots.start(place) }
    _ = try await pilots.join("a", 1, at: 0)
    let height = await pilots.node(0).ledger().height + 6
    try await pilots.decide(pilots.motion(adding: [3], at: height), 0, 1, 2)
    try pilots.publish(0)
    try pilots.start(3, peers: [0])
    let sequence = try await pilots.grow(to: height - 2, after: 1, at: 0)
    try await pilots.loseDisk(1)
    try await pilots.grow(to: height + 2, after: sequence, at: 0)
    let last = try await pilots.join("last", 100, at: 1)
    #expect(try await pilots.roots(last.checkpoint.checkpoint.size).count == 1)
    #expect(pilots.node(1).statistics.validator?.isWatching == true)
    await pilots.stopAll()
  }

  @Test func `go on where the only one left has been wiped`() async throws {
    let pilots = try Pilots(2)
    for place in 0..<2 { try pilots.start(place) }
    _ = try await pilots.join("a", 1, at: 0)
    try await pilots.loseDisk(1)
    let height = await pilots.node(0).ledger().height + 3
    try await pilots.decide(pilots.motion(removing: [0], adding: [], at: height), 0, 1)
    try await pilots.grow(to: height + 1, after: 1, at: 1)
    #expect(await pilots.node(1).ledger().terms.present.validators.map(\.name) == ["v1"])
    await pilots.stopAll()
    #expect(try Self.isGood(pilots, 1))
  }

  /// Its genesis says that it decides alone.
  @Test func `decide nothing where the first of them all is wiped and can read no other log`() async throws {
    let pilots = try Pilots(1, made: 3)
    try pilots.start(0)
    _ = try await pilots.join("a", 1, at: 0)
    let height = await pilots.node(0).ledger().height + 4
    try await pilots.decide(pilots.motion(adding: [1, 2], at: height), 0)
    try pilots.publish(0)
    try pilots.publish(0, as: Self.early)
    try pilots.node(0).store.backup(to: pilots.scratch("backup"))
    for place in 1..<3 { try pilots.start(place, peers: [0]) }
    try await pilots.grow(to: height - 1, after: 1, at: 0)
    try pilots.publish(0)
    for place in 1..<3 {
      await pilots.stop(place)
      try pilots.start(place, peers: [0])
    }
    let last = try await pilots.join("last", 100, at: 1)
    #expect(try await pilots.roots(last.checkpoint.checkpoint.size).count == 1)
    try pilots.publish(1)
    await pilots.stop(0)
    try pilots.wipe(0)
    for peers in [[], [2]] {
      #expect { try pilots.start(0, peers: peers) } throws: { ($0 as? NodeError)?.code == "peers_unread" }
    }
    // An old log says nothing where a longer one cannot be read.
    try FileManager.default.copyItem(atPath: pilots.scratch("published 1"), toPath: pilots.scratch("published 2"))
    try FileManager.default.removeItem(atPath: pilots.scratch("published 2/tile"))
    try pilots.wipe(0)
    try FileManager.default.copyItem(atPath: pilots.scratch("backup"), toPath: pilots.directory(0))
    #expect { try pilots.start(0, peers: [Self.early, 2]) } throws: { ($0 as? NodeError)?.code == "peers_unread" }
    try pilots.wipe(0)
    try pilots.start(0, peers: [2, 1])
    #expect(pilots.node(0).statistics.validator?.isWatching == true)
    let receipt = try await pilots.join("after", 101, at: 0)
    #expect(try await pilots.roots(receipt.checkpoint.checkpoint.size).count == 1)
    await pilots.stopAll()
    #expect(try Self.isGood(pilots, 0))
  }

  /// Of four, it had no say in the block that left it alone, which may be old.
  @Test func `stop the only one left, which has been wiped, until it has read what the others publish`() async throws {
    let pilots = try Pilots()
    for place in 0..<4 { try pilots.start(place) }
    _ = try await pilots.join("a", 1, at: 0)
    try await pilots.loseDisk(3)
    let height = await pilots.node(0).ledger().height + 4
    try await pilots.decide(pilots.motion(removing: [0, 1, 2], adding: [], at: height), 0, 1, 2)
    try await pilots.grow(to: height - 1, after: 1, at: 0)
    try await pilots.until { pilots.node(3).statistics.failure?.code == "peers_unread" }
    await pilots.stop(3)
    try pilots.publish(0)
    try pilots.start(3, peers: [0])
    _ = try await pilots.join("b", 100, at: 3)
    await pilots.stopAll()
    #expect(try Self.isGood(pilots, 3))
  }

  @Test func `go on where one decides alone on a file that was restored, once it has been started alone`() async throws
  {
    let pilots = try Pilots(1)
    try pilots.start(0)
    _ = try await pilots.join("a", 1, at: 0)
    try pilots.node(0).store.backup(to: pilots.scratch("backup"))
    await pilots.stop(0)
    try pilots.wipe(0)
    try FileManager.default.copyItem(atPath: pilots.scratch("backup"), toPath: pilots.directory(0))
    #expect { try pilots.start(0) } throws: { ($0 as? NodeError)?.code == "peers_unread" }
    _ = try pilots.startAlone(0)
    await pilots.stop(0)
    try pilots.start(0)
    _ = try await pilots.join("b", 2, at: 0)
    await pilots.stopAll()
  }

  @Test func `go on from where a wiped validator was stopped before the set changed`() async throws {
    let pilots = try await Self.changed()
    await pilots.stop(5)
    try pilots.wipe(5)
    pilots.network.cut("v5")
    let first = try await pilots.start(5, peers: [Self.early]).ledger()
    #expect(first.height > 0 && first.height < 6 && first.terms.terms.count == 1)
    await pilots.stop(5)
    let second = try await pilots.start(5, peers: [0]).ledger()
    #expect(second.height > 6 && second.terms.terms.count == 2)
    await pilots.stopAll()
  }

  /// A village that begins with one pilot and goes on with four.
  @Test(arguments: [true, false])
  func `take the log over from one that decided alone`(isReachable: Bool) async throws {
    let pilots = try Pilots(1)
    let alone = isReachable ? try pilots.start(0) : try pilots.startAlone(0)
    for number in 1...20 { _ = try await pilots.join("p\(number)", number, at: 0) }
    let height = await alone.ledger().height + 4
    try await pilots.decide(pilots.motion(adding: [1, 2, 3], at: height), 0)
    try pilots.publish(0)
    for place in 1..<4 {
      try pilots.create(place)
      let node = try pilots.start(place, peers: [0])
      #expect(await node.ledger().height == height - 4 + 1)
      #expect(node.statistics.validator?.isWatching == false)
    }
    try await pilots.grow(to: height - 1, after: 20, at: 0)
    if isReachable {
      // Who has missed a block of the single validator reads it where that publishes it.
      try pilots.publish(0)
    } else {
      await #expect(throws: NodeError.self) { try await pilots.join("late", 90, at: 0) }
      try pilots.publish(0)
      for place in 0..<4 { await pilots.stop(place) }
      for place in 0..<4 { try pilots.start(place, peers: place == 0 ? [] : [0]) }
    }
    for place in 0..<4 {
      let receipt = try await pilots.join("q\(place)", 100 + place, at: place)
      try await pilots.node(place).ledger().terms.present.requireQuorum(on: receipt.checkpoint)
      #expect(try await pilots.roots(receipt.checkpoint.checkpoint.size).count == 1)
    }
    // One of the four may be away now, the first of all too.
    await pilots.stop(0)
    _ = try await pilots.join("without", 200, at: 1)
    await pilots.stopAll()
    for place in 1..<4 { #expect(try Self.isGood(pilots, place)) }
  }
}
