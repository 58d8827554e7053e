import Audit
import Cryptography
import Encoding
import Log
import Quantities
import Testing

/// A log of five leaves with two settled slots and a reward, and the statement of h01 out of it.
private struct Books {
  let genesis: Genesis
  let statement: Statement

  static func key(_ byte: UInt8) throws -> SecretKey { try SecretKey(seed: [UInt8](repeating: byte, count: 32)) }

  static func make(
    origin: String = "books.example", lem: String = "lem", edit: (inout [String]) -> Void = { _ in }
  ) throws -> Books {
    let (vote, cosign, author) = (try key(1), try key(2), try key(3))
    let validators = try ValidatorSet([.init(name: "v", vote: vote.publicKey, cosign: cosign.publicKey)])
    let genesis = try Genesis(
      origin: "books.example", time: Instant(milliseconds: 1000), validators: validators,
      grants: [
        Grant(key: vote.publicKey, roles: [RoleID("validator")]),
        Grant(key: author.publicKey, roles: [RoleID("operator")]),
      ], parameters: .init(stateInterval: 16))
    var events = [
      #"{"type":"slot.settled","lem":"\#(lem)","first":10,"local":[5,0],"imported":[0,0],"exported":[0,0]}"#,
      #"{"type":"token.rewarded","lem":"\#(lem)","rewards":[{"party":"h01","energy":7}]}"#,
    ]
    edit(&events)
    var leaves = [genesis.bytes]
    for (number, event) in events.enumerated() {
      let draft = EntryDraft(
        chain: origin, id: try EntryID("e\(number)"), sequence: number + 1, at: Instant(milliseconds: 1),
        events: [Array(event.utf8)])
      leaves.append(try draft.signed(by: author).bytes)
    }
    let block = BlockLine(
      chain: "books.example", height: 1, time: Instant(milliseconds: 5000), previous: genesis.leafHash, first: 1,
      validators: validators.digest, state: .init(height: 0, digest: genesis.leafHash))
    leaves.append(try block.signed(by: vote).bytes)
    let hashes = leaves.map(MerkleHash.leaf)
    func subtree(_ level: Int, _ index: Int) -> Digest {
      TileReader.root(hashes[(index << level)..<((index + 1) << level)])
    }
    func proven(_ index: Int) -> Statement.ProvenLine {
      .init(
        index: index, line: leaves[index],
        path: MerkleProof.inclusion(of: index, size: leaves.count, subtree: subtree))
    }
    let root = MerkleProof.root(count: leaves.count, subtree: subtree)
    let checkpoint = try CosignedCheckpoint(
      Checkpoint(origin: "books.example", size: leaves.count, root: root), at: Instant(milliseconds: 6000),
      by: [("v", cosign)])
    let statement = Statement(
      lem: try LEMID("lem"), account: "party:h01", currency: try Currency("EUR"), zone: .utc,
      period: Instant(milliseconds: 5000)..<Instant(milliseconds: 5001),
      before: .init(money: 100, energy: 1, tokens: 2),
      after: .init(money: 90, energy: 4, tokens: 9), checkpoint: checkpoint, entries: [proven(1), proven(2)],
      blocks: [proven(3)],
      movements: [
        .init(entry: 1, asset: .money, change: -10, counterparty: "market", reason: "trade", slot: try Slot(10)),
        .init(entry: 1, asset: .energy, change: 3, counterparty: "market", reason: "metered", slot: try Slot(11)),
        .init(entry: 2, asset: .tokens, change: 7, counterparty: "issuance", reason: "reward", slot: nil),
      ])
    return Books(genesis: genesis, statement: statement)
  }

  var text: String { String(decoding: statement.bytes, as: UTF8.self) }

  /// The code under which the statement is refused after `old` became `new`; nil if it is believed.
  func refusal(_ old: String, _ new: String) -> String? {
    do throws(StatementError) {
      let changed = text.replacing(old, with: new, maxReplacements: 1)
      _ = try StatementCheck(Statement(Array(changed.utf8)), under: TrustPolicy(genesis))
      return nil
    } catch {
      return error.code
    }
  }
}

@Suite("A statement")
struct StatementTests {
  @Test func `is believed with its proofs, and reads back as it was written`() throws {
    let books = try Books.make()
    let check = try StatementCheck(books.statement, under: TrustPolicy(books.genesis))
    #expect(check.cosigners == ["v"] && check.checkpoint.size == 4)
    #expect(try Statement(books.statement.bytes) == books.statement)
  }

  @Test(arguments: [
    (#""change":"-10""#, #""change":"-11""#, "statement_wrong"),
    (#""change":"7""#, #""change":"8""#, "statement_wrong"),
    (#""money":"90""#, #""money":"91""#, "statement_wrong"), (#""money":"100""#, #""money":"101""#, "statement_wrong"),
    (#""entry":1"#, #""entry":2"#, "statement_wrong"), (#""entry":1"#, #""entry":3"#, "statement_wrong"),
    (#""slot":10"#, #""slot":9"#, "statement_wrong"), (#""slot":11"#, #""slot":12"#, "statement_wrong"),
    (#""lem":"lem""#, #""lem":"other""#, "statement_wrong"), ("party:h01", "party:h02", "statement_wrong"),
    (#""from":5000"#, #""from":5001"#, "statement_wrong"),
    (#""reason":"trade""#, #""reason":"reward""#, "statement_wrong"),
    (#""asset":"money""#, #""asset":"energy""#, "statement_wrong"), (#""index":1"#, #""index":0"#, "proof_invalid"),
    (#""index":3"#, #""index":-3"#, "proof_invalid"), ("books.example\\n4", "books.example\\n5", "signature_invalid"),
    ("— v ", "— w ", "quorum_missing"), ("books.example\\n", "other.example\\n", "wrong_chain"),
    (#""change":"-10""#, #""change":"-010""#, "statement_malformed"),
    (#""to":5001"#, #""to":4999"#, "statement_malformed"),
    (#""twinergy-statement":1"#, #""twinergy-statement":2"#, "statement_malformed"),
    ("EUR", "eur", "statement_malformed"),
    (#""asset":"money""#, #""asset":"gold""#, "statement_malformed"),
    (#""entries""#, #""more":1,"entries""#, "statement_malformed"),
    (#""path":[""#, #""path":["AAAA",""#, "statement_malformed"),
  ])
  func `is refused for any other content`(_ old: String, _ new: String, _ code: String) throws {
    let books = try Books.make()
    #expect(books.text.contains(old))
    #expect(books.refusal(old, new) == code)
  }

  @Test func `of another log's entries, or of entries without the event, is refused`() throws {
    #expect(try Books.make(origin: "else.example").refusal("x", "x") == "statement_wrong")
    #expect(try Books.make(lem: "else").refusal("x", "x") == "statement_wrong")
    let ordered = try Books.make { $0[0] = $0[0].replacing("slot.settled", with: "order.placed") }
    #expect(ordered.refusal("x", "x") == "statement_wrong")
    let short = try Books.make { $0[0] = $0[0].replacing("[5,0]", with: "[5]") }
    #expect(short.refusal("x", "x") == "statement_wrong")
    let less = try Books.make { $0[1] = $0[1].replacing("\"energy\":7", with: "\"energy\":6") }
    #expect(less.refusal("x", "x") == "statement_wrong")
  }

  @Test func `is refused after every flip of a bit in its proofs`() throws {
    let books = try Books.make()
    let bytes = books.statement.bytes
    let start =
      books.text.utf8.count - books.text[books.text.firstRange(of: "\"checkpoint\"")!.lowerBound...].utf8.count
    let policy = TrustPolicy(books.genesis)
    for index in start..<bytes.count {
      var other = bytes
      other[index] ^= 1
      #expect(throws: StatementError.self, "byte \(index)") { try StatementCheck(Statement(other), under: policy) }
    }
  }

  @Test func `is refused where its sum exceeds 64 bits`() throws {
    let books = try Books.make()
    #expect(books.refusal(#""money":"100""#, #""money":"-9223372036854775808""#) == "statement_wrong")
  }
}
