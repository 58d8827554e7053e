import Cryptography
import Encoding
import Log
import Quantities

/// The JSON form, Specs/statements.md: one text for one statement.
extension Statement {
  /// The file's bytes.
  public var bytes: [UInt8] {
    JSONWriter.bytes { writer in
      writer.object { fields in
        fields.field("twinergy-statement", Self.version)
        fields.field("lem", lem)
        fields.field("account", account)
        fields.field("currency", currency.code)
        fields.field("zone", zone.description)
        fields.field("from", from)
        fields.field("to", to)
        fields.field("before") { before.write(to: &$0) }
        fields.field("after") { after.write(to: &$0) }
        fields.field("movements", each: movements) { $1.write(to: &$0) }
        fields.field("checkpoint", String(decoding: checkpoint.bytes, as: UTF8.self))
        fields.field("entries", each: entries) { $1.write(to: &$0) }
        fields.field("blocks", each: blocks) { $1.write(to: &$0) }
      }
    }
  }

  /// Reads a statement; ``StatementCheck`` says whether to believe it.
  public init(_ bytes: [UInt8]) throws(StatementError) {
    do throws(JSONError) {
      self = try Self.read(JSONDocument(bytes).root)
    } catch {
      throw .malformed(error.sentence)
    }
    guard movements.count <= Self.maximumMovements, entries.count + blocks.count <= Self.maximumLines else {
      throw .malformed("a statement has at most \(Self.maximumMovements) movements and \(Self.maximumLines) lines")
    }
  }

  private static func read(_ value: JSONValue) throws(JSONError) -> Statement {
    var fields = try value.fields()
    guard try fields.integer("twinergy-statement") == version else {
      throw JSONError(.value, "the statement's version is not \(version)")
    }
    let lem: LEMID = try fields.identifier("lem")
    let account = try fields.string("account")
    let (code, rule) = (try fields.string("currency"), try fields.string("zone"))
    let currency = try asJSON { () throws(QuantityError) in try Currency(code) }
    let zone = try asJSON { () throws(QuantityError) in try TimeZoneRule(rule) }
    let (from, to) = (try fields.instant("from"), try fields.instant("to"))
    guard from <= to else { throw JSONError(.value, "the period ends before it begins") }
    let before = try fields.read("before", Balance.read)
    let after = try fields.read("after", Balance.read)
    let movements = try fields.array("movements", Movement.read)
    let note = try fields.string("checkpoint")
    let entries = try fields.array("entries", ProvenLine.read)
    let blocks = try fields.array("blocks", ProvenLine.read)
    try fields.finish()
    do throws(LogError) {
      return Statement(
        lem: lem, account: account, currency: currency, zone: zone, period: from..<to, before: before, after: after,
        checkpoint: try CosignedCheckpoint(Array(note.utf8)), entries: entries, blocks: blocks, movements: movements)
    } catch {
      throw JSONError(.value, "in \"checkpoint\": \(error.sentence)")
    }
  }
}

extension Statement.Balance {
  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("money", String(money))
      fields.field("energy", String(energy))
      fields.field("tokens", String(tokens))
    }
  }

  static func read(_ value: JSONValue) throws(JSONError) -> Self {
    var fields = try value.fields()
    let balance = Self(
      money: try fields.decimal("money"), energy: try fields.decimal("energy"), tokens: try fields.decimal("tokens"))
    try fields.finish()
    return balance
  }
}

extension Statement.Movement {
  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("entry", entry)
      fields.field("asset", asset.rawValue)
      fields.field("change", String(change))
      fields.field("counterparty", counterparty)
      fields.field("reason", reason)
      if let slot { fields.field("slot", slot) }
    }
  }

  static func read(_ value: JSONValue) throws(JSONError) -> Self {
    var fields = try value.fields()
    let entry = try fields.integer("entry")
    let name = try fields.string("asset")
    guard let asset = Statement.Asset(rawValue: name) else {
      throw JSONError(.value, "\(quoted(name)) is not money, energy or tokens")
    }
    let movement = Self(
      entry: entry, asset: asset, change: try fields.decimal("change"), counterparty: try fields.string("counterparty"),
      reason: try fields.string("reason"),
      slot: try fields.readIfPresent("slot") { (value) throws(JSONError) in try value.slot() })
    try fields.finish()
    return movement
  }
}

extension Statement.ProvenLine {
  func write(to writer: inout JSONWriter) {
    writer.object { fields in
      fields.field("index", index)
      fields.field("line", String(decoding: line, as: UTF8.self))
      fields.field("path", each: path) { $0.string($1.base64) }
    }
  }

  static func read(_ value: JSONValue) throws(JSONError) -> Self {
    var fields = try value.fields()
    let (index, line) = (try fields.integer("index"), try fields.string("line"))
    let path = try fields.array("path") { (value) throws(JSONError) in
      let text = try value.string()
      guard let digest = Base64.standard.decode(text).flatMap({ Digest($0) }) else {
        throw JSONError(.value, "\(quoted(text)) is not a hash in base64")
      }
      return digest
    }
    try fields.finish()
    return Self(index: index, line: Array(line.utf8), path: path)
  }
}

extension JSONFields {
  /// The whole number called `name`, a decimal string since it may exceed 2^53.
  fileprivate mutating func decimal(_ name: StaticString) throws(JSONError) -> Int {
    try read(name) { (value) throws(JSONError) in
      let text = try value.string()
      guard let number = Int(text), String(number) == text else {
        throw JSONError(.value, "\(quoted(text)) is not a whole number")
      }
      return number
    }
  }
}
