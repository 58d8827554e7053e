import Community
import Cryptography
import Foundation
import GRDB
import Log
import Node
import Quantities
import Storage
import Testing
import Village

/// A node on a log of the village, whose clock stands.
struct TestNode {
  let node: Node
  let store: LogStore

  init(_ directory: String, stateInterval: Int = 16) throws {
    store =
      LogStore.exists(directory)
      ? try LogStore.open(directory)
      : try LogStore.create(directory, genesis: Village.genesis(stateInterval: stateInterval))
    let keys = ValidatorKeys(name: "village", vote: try Village.key("validator"), cosign: try Village.key("cosigner"))
    let time = try Village.genesis().time
    node = try Node(store: store, keys: keys) { time }
  }

  /// The node of `directory` after a restart: as soon as the one before has let go of its log.
  static func again(_ directory: String) async throws -> TestNode {
    for _ in 0..<1_000_000 {
      do {
        return try TestNode(directory)
      } catch let error as StorageError where error.code == "log_locked" {
        await Task.yield()
      }
    }
    throw StorageError.locked("\(directory) is never let go")
  }

  /// `operator`'s entry in which the participant `name` joins.
  static func join(_ name: String, _ sequence: Int) throws -> [UInt8] {
    try Village.line("operator", sequence: sequence, [#"{"type":"participant.joined","participant":"\#(name)"}"#]).bytes
  }

  /// The code of how `line` is refused; nil where it has a receipt.
  func refusal(_ line: [UInt8]) async -> String? {
    do {
      _ = try await node.submit(line)
      return nil
    } catch { return error.code }
  }
}

@Suite("A node") struct NodeTests {
  @Test func `gives a receipt when an entry is on the disk and proved`() async throws {
    let scratch = try Scratch()
    let test = try TestNode(scratch("data"))
    let line = try TestNode.join("anna", 1)
    let receipt = try await test.node.submit(line)
    #expect(receipt.index == 1 && !receipt.isRepeated && receipt.checkpoint.checkpoint.size == 3)
    let proof = try LogStore.read(scratch("data")).proof(of: receipt.index)
    try proof.verify(line, under: TrustPolicy(Village.genesis()))
  }

  @Test func `orders what many submit at once, each author's in its order`() async throws {
    let scratch = try Scratch()
    let test = try TestNode(scratch("data"))
    let authors = (0..<40).map { "author\($0)" }
    let grants = try authors.map {
      #"{"type":"key.granted","x":"\#(try Village.key($0).publicKey.base64url)","roles":["operator"]}"#
    }
    _ = try await test.node.submit(Village.line("validator", sequence: 1, grants).bytes)
    let receipts = try await withThrowingTaskGroup(of: [(line: [UInt8], index: Int)].self) { group in
      for author in authors {
        group.addTask {
          var own: [(line: [UInt8], index: Int)] = []
          for sequence in 1...8 {
            let join = #"{"type":"participant.joined","participant":"\#(author)-\#(sequence)"}"#
            let line = try Village.line(author, sequence: sequence, [join]).bytes
            own.append((line, try await test.node.submit(line).index))
          }
          #expect(own.map(\.index) == own.map(\.index).sorted())
          return own
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let size = try test.store.publishedCheckpoint().checkpoint.size
    let leaves = try test.store.leaves(0..<size)
    for (line, index) in receipts { #expect(leaves[index] == line) }
    #expect(receipts.count == 320 && Set(receipts.map { $0.index }).count == 320)
    // Genesis, the grants, 320 entries, and the lines of the blocks.
    #expect(size == 2 + 320 + (try test.store.lastBlock().height))
    #expect(await test.node.community().registry.counts.participants == 320)
    _ = try Replay.all(test.store)
  }

  @Test func `answers the same entry with the same receipt, late or at once`() async throws {
    let scratch = try Scratch()
    let test = try TestNode(scratch("data"))
    let line = try TestNode.join("anna", 1)
    let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
      for _ in 0..<50 { group.addTask { try await test.node.submit(line) } }
      return try await group.reduce(into: [Receipt]()) { $0.append($1) }
    }
    #expect(receipts.map(\.index) == Array(repeating: 1, count: 50))
    #expect(receipts.count { !$0.isRepeated } == 1)
    let again = try await test.node.submit(line)
    #expect(again.index == 1 && again.isRepeated)
    #expect(try test.store.publishedCheckpoint().checkpoint.size == 3)
  }

  @Test func `refuses a sequence number that was used for something else`() async throws {
    let scratch = try Scratch()
    let test = try TestNode(scratch("data"))
    _ = try await test.node.submit(TestNode.join("anna", 5))
    #expect(await test.refusal(try TestNode.join("bert", 5)) == "sequence_reused")
    #expect(await test.refusal(try TestNode.join("bert", 4)) == "sequence_reused")
    #expect(await test.refusal(try TestNode.join("bert", 6)) == nil)
  }

  @Test func `changes nothing for what it refuses`() async throws {
    let scratch = try Scratch()
    let test = try TestNode(scratch("data"))
    _ = try await test.node.submit(TestNode.join("anna", 1))
    let before = StateSnapshot(await test.node.community()).digest
    let good = try Village.line("operator", sequence: 2, [#"{"type":"participant.joined","participant":"x"}"#])
    let parts = String(decoding: good.bytes, as: UTF8.self).split(separator: ".")
    func line(_ header: Substring, _ payload: Substring, _ signature: Substring) -> [UInt8] {
      Array("\(header).\(payload).\(signature)".utf8)
    }
    let stranger = try EntryDraft(
      chain: Village.origin, id: EntryID("e"), sequence: 1, at: Instant(milliseconds: 0), events: [Array("{}".utf8)]
    ).signed(by: Village.key("stranger"))
    for (bytes, code) in [
      ([], "jws_malformed"), (Array("nonsense".utf8), "jws_malformed"),
      ([0xFF, 0xFE, 0x2E, 0x2E], "jws_not_canonical"),
      (line(parts[0], parts[1], parts[2].dropLast() + "B"), "jws_not_canonical"),
      (line(parts[0], parts[1], parts[0]), "jws_malformed"),
      (line(parts[1], parts[1], parts[2]), "jws_header"),
      (Array(repeating: 0x41, count: 65_536), "entry_too_long"),
      (stranger.bytes, "key_unknown"),
      (try Village.line("operator", sequence: 2, ["{}"], chain: "else.example/x").bytes, "json_missing"),
      (try Village.line("operator", sequence: 2, [#"{"type":"x"}"#], chain: "else.example/x").bytes, "event_unknown"),
      (try TestNode.join("anna", 2), "prosumer_exists"),
      (
        try Village.line("anna", sequence: 1, [#"{"type":"participant.left","participant":"anna"}"#]).bytes,
        "not_authorised"
      ),
    ] as [([UInt8], String)] {
      #expect(await test.refusal(bytes) == code)
    }
    var forged = good.bytes
    forged[forged.count - 3] ^= 1
    #expect(await test.refusal(forged).map { ["signature_invalid", "jws_not_canonical"].contains($0) } == true)
    #expect(StateSnapshot(await test.node.community()).digest == before)
    #expect(try test.store.publishedCheckpoint().checkpoint.size == 3)
  }

  @Test func `knows a key from its grant to its revocation, whatever is under way`() async throws {
    let scratch = try Scratch()
    let test = try TestNode(scratch("data"))
    let key = try Village.key("new")
    func line(_ sequence: Int) throws -> [UInt8] {
      try EntryDraft(
        chain: Village.origin, id: EntryID("e"), sequence: sequence, at: Instant(milliseconds: 0),
        events: [Array(#"{"type":"participant.joined","participant":"n\#(sequence)"}"#.utf8)]
      ).signed(by: key).bytes
    }
    #expect(await test.refusal(try line(1)) == "key_unknown")
    let grant = #"{"type":"key.granted","x":"\#(key.publicKey.base64url)","roles":["operator"]}"#
    _ = try await test.node.submit(Village.line("validator", sequence: 1, [grant]).bytes)
    #expect(await test.refusal(try line(1)) == nil)
    let revocation = try Village.line("validator", sequence: 2, [#"{"type":"key.revoked","kid":"\#(key.id)"}"#]).bytes
    let codes = await withTaskGroup(of: String?.self) { group in
      for sequence in 2..<60 {
        group.addTask { await test.refusal((try? line(sequence)) ?? []) }
        if sequence == 30 { group.addTask { await test.refusal(revocation) } }
      }
      return await group.reduce(into: Set<String?>()) { $0.insert($1) }
    }
    #expect(codes.isSubset(of: [nil, "key_not_valid_here", "sequence_reused"]))
    #expect(await test.refusal(try line(99)) == "key_not_valid_here")
    // What it signed in its time has its receipt still.
    #expect(try await test.node.submit(line(1)).isRepeated)
    _ = try Replay.all(test.store)
  }

  @Test func `is the same after a restart as by a replay of everything`() async throws {
    let scratch = try Scratch()
    var digests: [Digest] = []
    for run in 0..<5 {
      let test = try await TestNode.again(scratch("data"))
      digests.append(StateSnapshot(await test.node.community()).digest)
      #expect(try StateSnapshot(Replay.all(test.store).community).digest == digests.last)
      for number in 1...13 { _ = try await test.node.submit(TestNode.join("p\(run)-\(number)", run * 20 + number)) }
    }
    #expect(Set(digests).count == 5)
  }

  @Test func `starts from no snapshot that its log does not vouch for`() async throws {
    let scratch = try Scratch()
    var right: Digest?
    do {
      let test = try TestNode(scratch("data"))
      for number in 1...30 { _ = try await test.node.submit(TestNode.join("p\(number)", number)) }
      right = StateSnapshot(await test.node.community()).digest
      await test.node.stop()
    }
    // A community that somebody made up, with the digest that it really has.
    var forged = try Village()
    try forged.say("operator", #"{"type":"participant.joined","participant":"mallory"}"#)
    try change(
      scratch, "UPDATE snapshots SET state = ?, digest = ?", [Data(forged.state.bytes), Data(forged.digest.bytes)])
    let test = try await TestNode.again(scratch("data"))
    #expect(StateSnapshot(await test.node.community()).digest == right)
  }

  @Test func `does not start on a log that does not hash to its checkpoint`() async throws {
    let scratch = try Scratch()
    do {
      let test = try TestNode(scratch("data"))
      for number in 1...3 { _ = try await test.node.submit(TestNode.join("p\(number)", number)) }
      await test.node.stop()
    }
    try change(scratch, "UPDATE leaves SET line = ? WHERE idx = 5", [Data(TestNode.join("mallory", 3))])
    let error = await #expect(throws: NodeError.self) { try await TestNode.again(scratch("data")) }
    #expect(error?.code == "log_damaged")
  }

  @Test func `needs the keys of the only validator`() throws {
    let scratch = try Scratch()
    let store = try LogStore.create(scratch("data"), genesis: Village.genesis())
    for (name, vote, cosign) in [
      ("village", "operator", "cosigner"), ("village", "validator", "operator"), ("town", "validator", "cosigner"),
      ("village", "cosigner", "validator"),
    ] {
      let keys = ValidatorKeys(name: name, vote: try Village.key(vote), cosign: try Village.key(cosign))
      let error = #expect(throws: NodeError.self) {
        try Node(store: store, keys: keys) { Instant(milliseconds: 0) }
      }
      #expect(error?.code == "not_validator")
    }
  }

  /// Does to the database what no program of ours does.
  private func change(_ scratch: Scratch, _ sql: String, _ arguments: [Data]) throws {
    // The node before may still be closing the file.
    var patient = Configuration()
    patient.busyMode = .timeout(60)
    try DatabaseQueue(path: scratch("data/log.sqlite"), configuration: patient).write { db in
      try db.execute(sql: sql, arguments: StatementArguments(arguments))
    }
  }
}
