import Audit
import Community
import Cryptography
import Encoding
import Log
import Quantities
import Replica
import Storage

/// The parsers that read bytes from anywhere, each as one function from bytes to nothing.
///
/// None may stop the program, whatever the bytes are; what is read must be written as it was. `Tools/fuzz` feeds them
/// what libFuzzer finds, FuzzTests what is stored and mutations of it.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// JSON under the strict reader.
  case json
  /// The texts of quantities: times, dates, money, energy, time zones.
  case text
  /// A line of the log: entry or block.
  case line
  /// The payload of an entry, with all its events read by their modules.
  case payload
  /// The payload of a block line.
  case block
  /// One event.
  case event
  /// A signed note.
  case note
  /// A published checkpoint.
  case checkpoint
  /// An entry bundle; the first byte says how many entries there should be.
  case bundle
  /// The path of a tile.
  case path
  /// A proof of inclusion, verified for a fixed entry.
  case proof
  /// A proof of consistency.
  case consistency
  /// The proof of an event.
  case eventproof
  /// A trust policy, asked about a fixed checkpoint.
  case policy
  /// A genesis document.
  case genesis
  /// A snapshot of the state in the log of a fixed genesis.
  case snapshot
  /// A sealed key, not opened.
  case key
  /// A statement of an account, checked under a fixed policy.
  case statement
  /// A file of cells, under each reader of such files.
  case csv
  /// A network of markets.
  case network
  /// A node's configuration file.
  case settings
  /// What validators send one another.
  case packet
  /// A request over NATS, answered by a community in which all has happened once.
  case request
  /// Changed rows of a data directory.
  case rows
  /// Changed files of a published log.
  case published
  /// The proof of a fork, verified under a fixed policy.
  case fork
  /// What a watcher remembers.
  case watch
  /// A key as PEM or JWK.
  case keytext
  /// A person's profile.
  case profile

  /// Feeds `bytes` to the parser.
  public func run(_ bytes: [UInt8]) { answer { try take(bytes) } }

  private func take(_ bytes: [UInt8]) throws {
    switch self {
    case .json: try json(bytes)
    case .text: text(String(decoding: bytes, as: UTF8.self))
    case .line: try line(bytes)
    case .payload: _ = try EntryFacts(Entry(Self.line(.entry, bytes)))
    case .block: _ = try BlockLine(Self.line(.block, bytes))
    case .event: try event(bytes)
    case .note: try same(bytes, Array(SignedNote(bytes).description.utf8))
    case .checkpoint: try checkpoint(bytes)
    case .bundle: try bundle(bytes)
    case .path: try path(String(validating: bytes, as: UTF8.self))
    case .proof: try proof(bytes)
    case .consistency: try consistency(bytes)
    case .eventproof: try EventProof(bytes).verify(under: Fixture.policy)
    case .policy: try TrustPolicy(bytes, origin: Fixture.origin).require(Fixture.checkpoint)
    case .genesis: try genesis(bytes)
    case .snapshot: try snapshot(bytes)
    case .key: try same(SealedKey(SealedKey(bytes).bytes).bytes, SealedKey(bytes).bytes)
    case .statement: try statement(bytes)
    case .csv: try csv(bytes)
    case .network: try network(bytes)
    case .settings: try settings(bytes)
    case .packet: try same(Packet(bytes).bytes, bytes)
    case .request: try request(bytes)
    case .rows: try rows(bytes)
    case .published: published(bytes)
    case .fork: try fork(bytes)
    case .watch: try same(WatchMemory(WatchMemory(bytes).bytes).bytes, WatchMemory(bytes).bytes)
    case .keytext: try keyText(bytes)
    case .profile: try same(Profile(Profile(bytes).bytes).bytes, Profile(bytes).bytes)
    }
  }

  /// Does what may be refused.
  func answer(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      // A refusal is an answer, as long as it is one of ours and says something.
      guard let fault = error as? any Fault else { preconditionFailure("\(self) threw \(error), which is no fault") }
      precondition(!fault.code.isEmpty && !fault.sentence.isEmpty, "\(self) refused without a word")
    }
  }

  func same(_ one: [UInt8], _ other: [UInt8]) {
    precondition(one == other, "\(self) has two texts: \(one) and \(other)")
  }
}

extension FuzzTarget {
  private static func line(_ kind: SignedLine.Kind, _ payload: [UInt8]) throws -> SignedLine {
    try SignedLine(kind, payload: payload, by: Fixture.key)
  }

  private func json(_ bytes: [UInt8]) throws {
    let value = try JSONDocument(bytes).root
    let written = JSONWriter.bytes { value.write(to: &$0) }
    let again = try JSONDocument(written).root
    same(JSONWriter.bytes { again.write(to: &$0) }, written)
  }

  private func text(_ text: String) {
    if let instant = try? Instant(text) { precondition((try? Instant(instant.description)) == instant) }
    if let date = try? CivilDate(text) {
      precondition(date.description == text && CivilDate(daysSince1970: date.daysSince1970) == date)
    }
    if let energy = try? Energy(text) { precondition((try? Energy(energy.description)) == energy) }
    if let zone = try? TimeZoneRule(text) {
      for year in [1970, 2026, 9998] {
        guard let date = CivilDate(year: year, month: 3, day: 29) else { continue }
        _ = zone.offset(at: zone.midnight(of: date))
      }
    }
    if let rest = text.split(separator: "\n").first { _ = try? Ratio(String(rest)) }
    _ = try? Identifier<PartyKind>(text)
  }

  private func line(_ bytes: [UInt8]) throws {
    let line = try SignedLine(bytes)
    _ = line.isSigned(by: Fixture.key.publicKey)
    switch line.kind {
    case .entry: _ = try EntryFacts(Entry(line))
    case .block: _ = try BlockLine(line)
    case .vote: same(try SignedVote(line).line.bytes, bytes)
    case .proposal: same(try SignedProposal(line).line.bytes, bytes)
    }
  }

  private func event(_ bytes: [UInt8]) throws {
    let start = #"{"chain":"\#(Fixture.origin)","id":"e","seq":1,"at":0,"events":["#
    let payload = Array(start.utf8) + bytes + Array("]}".utf8)
    guard payload.count < 40_000 else { return }
    _ = try EntryFacts(Entry(Self.line(.entry, payload)))
  }

  private func checkpoint(_ bytes: [UInt8]) throws {
    let checkpoint = try CosignedCheckpoint(bytes)
    same(checkpoint.bytes, bytes)
    try Fixture.policy.require(checkpoint)
  }

  private func bundle(_ bytes: [UInt8]) throws {
    guard let count = bytes.first else { return }
    let rest = Array(bytes.dropFirst())
    same(EntryBundle.encode(try EntryBundle.decode(rest, count: Int(count))), rest)
  }

  private func path(_ text: String?) throws {
    guard let text, let path = TilePath(text) else { return }
    precondition(path.description == text)
    precondition(path.index * TilePath.fullWidth + path.width > 0)
    _ = path.isPart(of: path.index)
    _ = path.isPart(of: .max)
  }

  private func proof(_ bytes: [UInt8]) throws {
    let proof = try LogProof(bytes)
    let again = try LogProof(proof.bytes)
    precondition(again == proof)
    try proof.verify(Fixture.genesis.bytes, under: Fixture.policy)
  }

  private func consistency(_ bytes: [UInt8]) throws {
    let proof = try ConsistencyProof(bytes)
    same(proof.bytes, bytes)
    let root = Fixture.checkpoint.checkpoint.root
    _ = MerkleProof.isConsistent(old: proof.old, oldRoot: root, size: proof.new, root: root, proof: proof.hashes)
  }

  private func genesis(_ bytes: [UInt8]) throws {
    let genesis = try Genesis(bytes)
    same(genesis.bytes, bytes)
    _ = TrustPolicy(genesis)
    _ = try TrustPolicy(TrustPolicy.text(genesis), origin: genesis.origin)
    _ = StateSnapshot(Community(genesis)).digest
  }

  private func snapshot(_ bytes: [UInt8]) throws {
    let community = try Community(snapshot: bytes, genesis: Fixture.genesis)
    let written = StateSnapshot(community)
    let again = try Community(snapshot: written.bytes, genesis: Fixture.genesis)
    precondition(StateSnapshot(again).digest == written.digest, "a state reads back as another")
  }
}

extension FuzzTarget {
  private func fork(_ bytes: [UInt8]) throws {
    let proof = try ForkProof(bytes)
    let again = try ForkProof(proof.bytes)
    precondition(again == proof)
    _ = try proof.verify(under: Fixture.policy)
  }

  private func keyText(_ bytes: [UInt8]) throws {
    answer {
      let key = try KeyText.publicKey(bytes)
      same(try KeyText.publicKey(Array(KeyText.pem(key).utf8)).bytes, key.bytes)
      same(try KeyText.publicKey(KeyText.jwk(key)).bytes, key.bytes)
    }
    let key = try KeyText.secretKey(bytes)
    same(try KeyText.secretKey(Array(KeyText.pem(key).utf8)).seed, key.seed)
    same(try KeyText.secretKey(KeyText.jwk(key)).seed, key.seed)
  }

  private func statement(_ bytes: [UInt8]) throws {
    let statement = try Statement(bytes)
    same(try Statement(statement.bytes).bytes, statement.bytes)
    _ = try StatementCheck(statement, under: Fixture.policy)
  }
}

/// What the targets hold their input against.
enum Fixture {
  static let origin = "fuzz.example"

  static let key = seeded(1)
  static let genesis = made {
    let validator = try ValidatorSet.Validator(name: "v", vote: key.publicKey, cosign: seeded(2).publicKey)
    guard let role = try? RoleID("validator") else { preconditionFailure("validator is an identifier") }
    return try Genesis(
      origin: origin, time: Instant(milliseconds: 0), validators: ValidatorSet([validator]),
      grants: [Grant(key: key.publicKey, roles: [role])], parameters: .init(stateInterval: 16))
  }
  static let policy = TrustPolicy(genesis)
  static let checkpoint = made {
    try CosignedCheckpoint(
      Checkpoint(origin: origin, size: 1, root: genesis.leafHash), at: Instant(milliseconds: 0), by: [("v", seeded(2))])
  }

  private static func seeded(_ byte: UInt8) -> SecretKey {
    guard let key = try? SecretKey(seed: [UInt8](repeating: byte, count: 32)) else { preconditionFailure("no key") }
    return key
  }

  static func made<Value>(_ make: () throws -> Value) -> Value {
    do {
      return try make()
    } catch {
      preconditionFailure("the fixture cannot be made: \(error)")
    }
  }
}
