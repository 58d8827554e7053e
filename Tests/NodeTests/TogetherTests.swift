import Chance
import Community
import Consensus
import Foundation
import Log
import Node
import Replica
import Storage
import Testing
import Village

@Suite("Validators together", .timeLimit(.minutes(10))) struct TogetherTests {
  @Test func `give a receipt that a quorum has cosigned, whichever of them was asked`() async throws {
    let pilots = try Pilots()
    for place in 0..<4 { try pilots.start(place) }
    var sizes: [Int] = []
    for place in 0..<4 {
      let receipt = try await pilots.join("p\(place)", place + 1, at: place)
      try pilots.genesis().validators.requireQuorum(on: receipt.checkpoint)
      let proof = try pilots.node(place).store.proof(of: receipt.index, in: receipt.checkpoint)
      try proof.verify(TestNode.join("p\(place)", place + 1), under: TrustPolicy(pilots.genesis()))
      sizes.append(receipt.checkpoint.checkpoint.size)
    }
    #expect(try await pilots.roots(sizes.max()!).count == 1)
    try await pilots.until { pilots.node(0).statistics.validator?.hasQuorum == true }
    await pilots.stopAll()
    for place in 0..<4 { _ = try Replay.all(LogStore.read(pilots.directory(place))) }
  }

  @Test func `answer the same entry at another validator with the same index, and refuse what may not be`() async throws
  {
    let pilots = try Pilots()
    for place in 0..<4 { try pilots.start(place) }
    let first = try await pilots.join("anna", 1, at: 0)
    let again = try await pilots.join("anna", 1, at: 3)
    #expect(again.index == first.index)
    await #expect(throws: NodeError.self) { try await pilots.join("bert", 1, at: 1) }
    do {
      _ = try await pilots.join("anna", 2, at: 2)
      Issue.record("a participant joins twice")
    } catch {
      #expect(error as? NodeError != nil)
    }
    await pilots.stopAll()
  }

  @Test func `go on with three of four, halt with two, and resume where they stood`() async throws {
    let pilots = try Pilots()
    for place in 0..<4 { try pilots.start(place) }
    _ = try await pilots.join("a", 1, at: 0)
    await pilots.stop(3)
    _ = try await pilots.join("b", 2, at: 1)
    await pilots.stop(2)
    let waiting = Task { try await pilots.join("c", 3, at: 0) }
    try await pilots.until { pilots.node(0).statistics.validator?.waiting == 1 }
    try pilots.start(2)
    let receipt = try await waiting.value
    try pilots.start(3)
    #expect(try await pilots.roots(receipt.checkpoint.checkpoint.size).count == 1)
    await pilots.stopAll()
  }

  @Test func `take a wiped validator in, which votes only after a block that was made since`() async throws {
    let pilots = try Pilots()
    for place in 0..<4 { try pilots.start(place) }
    for number in 1...6 { _ = try await pilots.join("p\(number)", number, at: number % 4) }
    try await pilots.loseDisk(1)
    let before = try await pilots.join("q", 7, at: 2)
    #expect(try await pilots.roots(before.checkpoint.checkpoint.size).count == 1)
    #expect(pilots.node(1).statistics.validator?.isWatching == true)
    pilots.time.withLock { $0 = $0.advanced(byMilliseconds: 3_600_000) }
    let after = try await pilots.join("r", 8, at: 0)
    #expect(try await pilots.roots(after.checkpoint.checkpoint.size).count == 1)
    try await pilots.until { pilots.node(1).statistics.validator?.isWatching == false }
    // Now it is needed: with it three are left.
    await pilots.stop(2)
    _ = try await pilots.join("s", 9, at: 1)
    await pilots.stopAll()
    #expect(pilots.told(by: 1).map(\.name) == ["begins", "watching", "voting"])
  }

  @Test func `take a wiped validator in where nothing is decided without it`() async throws {
    let pilots = try Pilots(3)
    for place in 0..<3 { try pilots.start(place) }
    for number in 1...4 { _ = try await pilots.join("p\(number)", number, at: number % 3) }
    try await pilots.loseDisk(1)
    let before = try await pilots.join("q", 5, at: 2)
    #expect(try await pilots.roots(before.checkpoint.checkpoint.size).count == 1)
    #expect(pilots.node(1).statistics.validator?.isWatching == true)
    // With the next block all is decided that it can have spoken on, whatever its clock shows.
    _ = try await pilots.join("r", 6, at: 0)
    try await pilots.until { pilots.node(1).statistics.validator?.isWatching == false }
    // So another may lose its own.
    try await pilots.loseDisk(2)
    let after = try await pilots.join("s", 7, at: 1)
    #expect(try await pilots.roots(after.checkpoint.checkpoint.size).count == 1)
    await pilots.stopAll()
    #expect(pilots.told(by: 1).map(\.name) == ["begins", "watching", "voting"])
  }

  @Test func `go on where two of three are wiped, once somebody vouches for one`() async throws {
    let pilots = try Pilots(3)
    for place in 0..<3 { try pilots.start(place) }
    let before = try await pilots.join("a", 1, at: 0)
    _ = try await pilots.roots(before.checkpoint.checkpoint.size)
    for place in 1..<3 {
      await pilots.stop(place)
      try pilots.wipe(place)
    }
    try pilots.create(1)
    for place in 1..<3 { try pilots.start(place) }
    let after = try await pilots.join("b", 2, at: 2)
    #expect(try await pilots.roots(after.checkpoint.checkpoint.size).count == 1)
    #expect(
      pilots.told(by: 2).contains { $0.name == "watching" } && !pilots.told(by: 1).contains { $0.name == "watching" })
    await pilots.stopAll()
  }

  @Test func `watch after a restored backup, though it looks as if nothing were lost`() async throws {
    let pilots = try Pilots()
    for place in 0..<4 { try pilots.start(place) }
    _ = try await pilots.join("a", 1, at: 0)
    try pilots.node(3).store.backup(to: pilots.scratch("backup"))
    _ = try await pilots.join("b", 2, at: 0)
    await pilots.stop(3)
    try pilots.wipe(3)
    try FileManager.default.copyItem(atPath: pilots.scratch("backup"), toPath: pilots.directory(3))
    try pilots.start(3)
    let receipt = try await pilots.join("c", 3, at: 3)
    #expect(try await pilots.roots(receipt.checkpoint.checkpoint.size).count == 1)
    #expect(pilots.told(by: 3).contains { $0.name == "watching" })
    await pilots.stopAll()
  }

  @Test func `show both lines of one of them that contradicts itself, and put them on the log once`() async throws {
    let pilots = try Pilots()
    for place in 0..<4 { try pilots.start(place) }
    let receipt = try await pilots.join("a", 1, at: 0)
    _ = try await pilots.roots(receipt.checkpoint.checkpoint.size)
    let votes = try ([1, 2] as [UInt8]).map { leaf in
      let vote = Vote(chain: Village.origin, height: 2, round: 0, step: .prevote, root: MerkleHash.leaf([leaf]))
      return try SignedVote(vote, by: Village.key("vote 3"))
    }
    pilots.network.inject(Packet.votes(votes).bytes, as: "v3", to: "v1")
    try await pilots.until { pilots.told(by: 1).contains { $0.name == "evidence" } }
    let fields = try #require(pilots.told(by: 1).first { $0.name == "evidence" }).fields
    #expect(fields.first { $0.name == "validator" }?.value == "v3")
    let lines = try ["first", "second"].map { name in
      try SignedLine(Array(try #require(fields.first { $0.name == name }).value.utf8))
    }
    try Evidence(lines[0], lines[1]).verify(Village.key("vote 3").publicKey)
    // All of them learn of it; one entry says so.
    for place in [0, 2] { pilots.network.inject(Packet.votes(votes).bytes, as: "v3", to: "v\(place)") }
    let guilty = try Village.key("vote 3").id
    for place in 0..<4 {
      try await pilots.until { await pilots.node(place).ledger().community.governance.guilty.map(\.key) == [guilty] }
    }
    let last = try await pilots.join("b", 2, at: 2)
    #expect(try await pilots.roots(last.checkpoint.checkpoint.size).count == 1)
    let leaves = try pilots.node(0).store.leaves(1..<last.checkpoint.checkpoint.size)
    let entries = leaves.compactMap { try? Entry($0) }
    #expect(entries.count { $0.author != (try? Village.key("operator").id) } == 1)
    await pilots.stopAll()
  }

  @Test func `refuse bad input on their subjects, and go on`() async throws {
    let pilots = try Pilots()
    for place in 0..<4 { try pilots.start(place) }
    _ = try await pilots.join("p0", 1, at: 1)
    let (stranger, chain) = (try Village.key("stranger"), Village.origin)
    let root = MerkleHash.leaf([1])
    func vote(_ height: Int, _ round: Int, by key: String) throws -> [UInt8] {
      let vote = Vote(chain: chain, height: height, round: round, step: .prevote, root: root)
      return Packet.votes([try SignedVote(vote, by: key == "stranger" ? stranger : Village.key(key))]).bytes
    }
    var bad: [[UInt8]] = [[], [0x0A], Array("votes\n".utf8), Array("decided\n".utf8), Array("status\n0\n".utf8)]
    bad.append(Array(repeating: 0x41, count: 999_999) + [0x0A])
    bad.append(Array(repeating: 0x41, count: 2_000_000))
    bad += try [vote(1, 0, by: "stranger"), vote(1 << 40, 0, by: "vote 0"), vote(1, 1 << 40, by: "vote 0")]
    bad.append(Packet.status(height: .max).bytes)
    let farthest = 1 << 53 - 1
    bad += [
      .status(height: farthest), .forgot(number: farthest, height: 1),
      .answer(number: farthest, height: farthest, round: farthest),
    ].map { (packet: Packet) in packet.bytes }
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 { bad.append((0..<40).map { _ in UInt8.random(in: 0...255, using: &random) } + [0x0A]) }
    for packet in bad { for sender in ["v0", "v3", "nobody"] { pilots.network.inject(packet, as: sender, to: "v1") } }
    // A flood: what is too much is dropped and counted.
    let flood = try vote(2, 0, by: "stranger")
    for _ in 0..<20_000 { pilots.network.inject(flood, as: "v0", to: "v1") }
    for number in 1...4 { _ = try await pilots.join("p\(number)", number + 1, at: number % 4) }
    let statistics = pilots.node(1).statistics.validator!
    #expect(statistics.malformed >= 200, "seed \(seed)")
    #expect(statistics.dropped >= bad.count, "seed \(seed)")
    await pilots.stopAll()
  }
}
