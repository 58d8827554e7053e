import Audit
import Cryptography
import Log
import Quantities
import Storage
import Testing
import Village

private let join = #"{"type":"participant.joined","participant":"x"}"#

@Suite("An auditor") struct AuditorTests {
  static let log = Result { try VillageLog(participants: 20) }

  private func codes(_ source: ListSource, genesis: [UInt8]? = nil) -> [String] {
    Auditor(source, genesis: genesis).verify().findings.map(\.code)
  }

  @Test(arguments: [1, 2, 3, 100, 191, 192, 193, 300])
  func `finds nothing in a sound log`(participants: Int) throws {
    let log = try VillageLog(participants: participants)
    let source = try ListSource(log.leaves)
    let report = Auditor(source).verify()
    #expect(report.findings == [])
    #expect(report.entries == participants && report.blocks == log.blocks.count)
    #expect(report.signatures == participants + log.blocks.count && report.cosigners == ["village"])
    #expect(report.root == log.ledger.tiles.root && report.size == log.leaves.count)
    #expect(Auditor(source, genesis: log.genesis.bytes).verify().isGood)
  }

  @Test func `doubts the genesis`() throws {
    let log = try Self.log.get()
    var source = try ListSource(log.leaves)
    let other = try Village.genesis(stateInterval: 17).bytes
    #expect(codes(source, genesis: other).contains("genesis_differs"))
    source.document = other
    #expect(codes(source).first == "genesis_invalid")
    #expect(codes(source, genesis: log.genesis.bytes) == ["genesis_differs"])
    source.document = Array("{}".utf8)
    #expect(codes(source) == ["genesis_invalid"])
  }

  @Test func `doubts the checkpoint`() throws {
    let log = try Self.log.get()
    let sound = try ListSource(log.leaves)
    func codes(_ change: (inout ListSource) throws -> Void) rethrows -> [String] {
      var source = sound
      try change(&source)
      return self.codes(source)
    }
    let right = try CosignedCheckpoint(sound.note!).checkpoint
    func checkpoint(_ size: Int, _ root: Digest = right.root) throws -> [UInt8] {
      try ListSource.cosign(Checkpoint(origin: Village.origin, size: size, root: root))
    }
    #expect(codes { $0.note = nil } == ["checkpoint_missing"])
    #expect(codes { $0.note = [] } == ["note_malformed"])
    #expect(codes { $0.note!.removeLast() } == ["note_malformed"])
    #expect(codes { $0.note!.insert(contentsOf: Array("extension\n".utf8), at: 0) } == ["checkpoint_malformed"])
    #expect(try codes { $0 = try ListSource(log.leaves, origin: "test.example/other") } == ["wrong_chain"])
    #expect(try codes { $0 = try ListSource(log.leaves, signer: "mallory") } == ["quorum_missing"])
    #expect(try codes { $0 = try ListSource(log.leaves, name: "town") } == ["quorum_missing"])
    #expect(try codes { $0.note = try checkpoint(log.leaves.count, log.genesis.leafHash) } == ["root_differs"])
    #expect(try codes { $0.note = try checkpoint(log.leaves.count - 1) }.contains("block_unfinished"))
    #expect(try codes { $0.note = try checkpoint(log.leaves.count + 1) } == ["log_damaged"])
    #expect(try codes { $0.note = try checkpoint(9_007_199_254_740_991) } == ["log_damaged"])
    var forged = sound.note!
    forged[forged.count - 20] = forged[forged.count - 20] == 0x41 ? 0x42 : 0x41
    #expect(codes { $0.note = forged } == ["signature_invalid"])
  }

  @Test func `doubts every line`() throws {
    let log = try Self.log.get()
    // Entry 2 is the operator's second; line 8 closes the second block.
    let block = try BlockLine(SignedLine(log.leaves[8]))
    for (index, line, code) in [
      (2, [], "jws_malformed"), (2, Array("a.b".utf8), "jws_malformed"), (2, Array("a=.b.c".utf8), "jws_not_canonical"),
      (2, try SignedLine(.entry, payload: Array("{}".utf8), by: Village.key("operator")).bytes, "entry_payload"),
      (2, try Village.line("operator", sequence: 2, [join], chain: "test.example/other").bytes, "wrong_chain"),
      (2, try Village.line("operator", sequence: 1, [join]).bytes, "sequence_used"),
      (2, try governance("validator", #"{"type":"key.granted","x":"A","roles":[]}"#), "governance_refused"),
      (2, try governance("validator", #"{"type":"key.granted/2","x":"A","roles":[]}"#), "governance_refused"),
      (
        2, try governance("operator", #"{"type":"key.revoked","kid":"\#(Village.key("anna").publicKey.id)"}"#),
        "not_authorised"
      ),
      (2, try forged(log.leaves[2]), "signature_invalid"),
      (8, try block.signed(by: Village.key("operator")).bytes, "not_authorised"),
      (8, try SignedLine(.block, payload: Array("{}".utf8), by: Village.key("validator")).bytes, "block_invalid"),
      (8, try changed(block, height: 3), "block_invalid"), (8, try changed(block, first: 6), "block_invalid"),
      (8, try changed(block, chain: "test.example/other"), "block_invalid"),
      (8, try changed(block, previous: log.genesis.leafHash), "block_invalid"),
      (8, try changed(block, validators: log.genesis.leafHash), "block_invalid"),
      (8, try changed(block, time: Instant(milliseconds: 0)), "block_invalid"),
      (8, try changed(block, state: .init(height: 1, digest: log.genesis.leafHash)), "block_invalid"),
    ] as [(Int, [UInt8], String)] {
      var leaves = log.leaves
      leaves[index] = line
      let finding = Auditor(try ListSource(leaves)).verify().findings.first
      #expect(finding?.code == code && finding?.index == index, "\(code), not \(finding?.description ?? "nothing")")
    }
  }

  private func governance(_ author: String, _ event: String) throws -> [UInt8] {
    try Village.line(author, sequence: 2, [event]).bytes
  }

  /// The same line with another signature that is one by its form.
  private func forged(_ line: [UInt8]) throws -> [UInt8] {
    let other = try SignedLine(.entry, payload: Array("{}".utf8), by: Village.key("operator")).bytes
    return Array(
      line[...line.lastIndex(of: UInt8(ascii: "."))!] + other[(other.lastIndex(of: UInt8(ascii: "."))! + 1)...])
  }

  private func changed(
    _ block: BlockLine, chain: String? = nil, height: Int? = nil, time: Instant? = nil, previous: Digest? = nil,
    first: Int? = nil, validators: Digest? = nil, state: BlockLine.StateDigest? = nil
  ) throws -> [UInt8] {
    try BlockLine(
      chain: chain ?? block.chain, height: height ?? block.height, time: time ?? block.time,
      previous: previous ?? block.previous, first: first ?? block.first, validators: validators ?? block.validators,
      state: state ?? block.state
    ).signed(by: Village.key("validator")).bytes
  }

  @Test func `follows keys through grants and revocations`() throws {
    var log = try VillageLog()
    let key = try Village.key("new")
    try log.say("validator", [#"{"type":"key.granted","x":"\#(key.publicKey.base64url)","roles":["operator"]}"#])
    try log.say("validator", [#"{"type":"key.revoked","kid":"\#(key.id)"}"#])
    try log.say("operator", [#"{"type":"participant.joined","participant":"y"}"#])
    try log.seal()
    // Before its grant, with it, after its revocation.
    for (position, code) in [(1, "key_unknown"), (2, nil), (3, "key_not_valid_here")] {
      var leaves = log.leaves
      leaves.insert(try Village.line("new", sequence: 1, [join]).bytes, at: position)
      let findings = Auditor(try ListSource(leaves)).verify().findings.filter { $0.index == position }
      #expect(findings.first?.code == code)
    }
  }

  @Test func `doubts what is missing, doubled or moved, everywhere`() throws {
    let leaves = try Self.log.get().leaves
    let note = try ListSource(leaves).note
    for position in 1..<leaves.count - 1 {
      var (missing, doubled, moved) = (leaves, leaves, leaves)
      missing.remove(at: position)
      doubled.insert(leaves[position], at: position)
      moved.swapAt(position, position + 1)
      for (what, damaged) in [("missing", missing), ("doubled", doubled), ("moved", moved)] {
        // The checkpoint of the sound log is all that an outsider has of the validators.
        var source = try ListSource(damaged)
        source.note = note
        #expect(!Auditor(source).verify().isGood, "\(what) at \(position)")
      }
    }
  }

  @Test func `names the tile and the entries below it`() throws {
    let log = try VillageLog(participants: 200)
    var source = try ListSource(log.leaves)
    var wrong = Array(log.leaves.prefix(256)).map(MerkleHash.leaf)
    wrong[77] = log.genesis.leafHash
    wrong[76] = log.genesis.leafHash
    source.wrongTiles["tile/0/000"] = wrong
    let finding = try #require(Auditor(source).verify().findings.first)
    #expect(finding.code == "tile_differs" && finding.place == "tile/0/000" && finding.index == 76)
    #expect(finding.expected == MerkleHash.leaf(log.leaves[76]).hex && finding.actual == log.genesis.leafHash.hex)
  }

  @Test func `names what does not belong there`() throws {
    var source = try ListSource(Self.log.get().leaves)
    source.files = ["tile/0/999"]
    let finding = try #require(Auditor(source).verify().findings.first)
    #expect(finding.code == "file_unknown" && finding.place == "tile/0/999")
  }

  @Test func `lists a hundred findings of a log that is wrong everywhere`() throws {
    var source = try ListSource(VillageLog(participants: 200).leaves)
    for index in source.leaves.indices.dropFirst() { source.leaves[index] = [0x41] }
    #expect(Auditor(source).verify().findings.count == 100)
  }

  @Test func `sees a checkpoint that was put back in a data directory`() throws {
    let (scratch, log) = (try Scratch(), try VillageLog(participants: 9))
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    for block in log.blocks.dropLast() { try store.commit(block) }
    #expect(Auditor(store).verify().isGood)
    let (last, old) = (log.blocks.last!, log.blocks.dropLast().last!)
    try store.commit(
      SealedBlock(
        height: last.height, first: last.first, entries: last.entries, line: last.line, tiles: last.tiles,
        checkpoint: old.checkpoint, snapshot: last.snapshot))
    let findings = Auditor(store).verify().findings
    #expect(findings.map(\.code) == ["file_unknown"])
    #expect(findings.first?.place == "entries 9 to 12")
  }
}
