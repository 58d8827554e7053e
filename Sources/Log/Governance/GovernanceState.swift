import Cryptography
import Encoding
import Quantities

/// Governance as a part of the canonical state. The keys are a part of their own.
extension Governance {
  /// The canonical JSON; nil while nothing has happened but grants and revocations.
  public func state(in genesis: Genesis) -> [UInt8]? {
    guard
      terms.terms.count > 1 || parameters != genesis.parameters || !open.isEmpty || !scheduled.isEmpty
        || !guilty.isEmpty
    else { return nil }
    return JSONWriter.bytes { writer in
      writer.object { state in
        state.field("terms", each: terms.terms.dropFirst()) { $1.write(to: &$0) }
        state.field("parameters") { field in field.object { parameters.write(to: &$0) } }
        state.field("open", each: open) { $1.write(to: &$0) }
        state.field("scheduled", each: scheduled) { $1.write(to: &$0) }
        state.field("guilty", each: guilty) { $1.write(to: &$0) }
      }
    }
  }

  /// Reads back what ``state(in:)`` wrote, and the `keys` beside it, for the log of `genesis`.
  public init(_ value: JSONValue?, keys: JSONValue, genesis: Genesis) throws(JSONError) {
    self.init(genesis)
    self.keys = try KeyRing(keys, genesis: genesis)
    guard let value else { return }
    var fields = try value.fields()
    for term in try fields.array("terms", { (value) throws(JSONError) in try ValidatorTerms.Term(value) }) {
      terms.begin(term)
    }
    parameters = try fields.read("parameters") { (value) throws(JSONError) in
      var fields = try value.fields()
      let parameters = try Genesis.Parameters(&fields)
      try fields.finish()
      return parameters
    }
    open = try fields.array("open") { (value) throws(JSONError) in try OpenMotion(value) }
    scheduled = try fields.array("scheduled") { (value) throws(JSONError) in try ScheduledMotion(value) }
    guilty = try fields.array("guilty") { (value) throws(JSONError) in try Guilt(value) }
    try fields.finish()
  }
}

extension ValidatorTerms {
  /// Reads an array of terms, the genesis' first.
  public init(_ value: JSONValue) throws(JSONError) {
    let terms = try value.array { (value) throws(JSONError) in try Term(value) }
    guard let first = terms.first, first.from == 1 else { throw JSONError(.value, "the first term begins at height 1") }
    self.init(first.validators)
    for term in terms.dropFirst() { begin(term) }
  }

  /// Writes what ``init(_:)-(JSONValue)`` reads.
  public func write(to writer: inout JSONWriter) {
    writer.array { array in
      for term in terms { term.write(to: &array) }
    }
  }
}

extension ValidatorTerms.Term {
  init(_ value: JSONValue) throws(JSONError) {
    var fields = try value.fields()
    (from, first) = (try fields.integer("from"), try fields.integer("first"))
    validators = try fields.read("validators") { (value) throws(JSONError) in try ValidatorSet(value) }
    try fields.finish()
  }

  func write(to writer: inout JSONWriter) {
    writer.object { term in
      term.field("from", from)
      term.field("first", first)
      term.field("validators") { validators.write(to: &$0) }
    }
  }
}

extension Governance.OpenMotion {
  init(_ value: JSONValue) throws(JSONError) {
    var fields = try value.fields()
    motion = try fields.motion("motion")
    proposer = try fields.keyID("proposer")
    approvals = try fields.array("approvals") { (value) throws(JSONError) in
      guard let key = KeyID(try value.string()) else { throw JSONError(.value, "not the name of a key") }
      return key
    }
    try fields.finish()
  }

  func write(to writer: inout JSONWriter) {
    writer.object { state in
      state.field("motion") { $0.raw(motion.bytes) }
      state.field("proposer", proposer.description)
      state.field("approvals", each: approvals) { $0.string($1.description) }
    }
  }
}

extension Governance.ScheduledMotion {
  init(_ value: JSONValue) throws(JSONError) {
    var fields = try value.fields()
    motion = try fields.motion("motion")
    proposer = try fields.keyID("proposer")
    height = try fields.integer("height")
    try fields.finish()
  }

  func write(to writer: inout JSONWriter) {
    writer.object { state in
      state.field("motion") { $0.raw(motion.bytes) }
      state.field("proposer", proposer.description)
      state.field("height", height)
    }
  }
}

extension Governance.Guilt {
  init(_ value: JSONValue) throws(JSONError) {
    var fields = try value.fields()
    key = try fields.keyID("kid")
    (height, index) = (try fields.integer("height"), try fields.integer("index"))
    try fields.finish()
  }

  func write(to writer: inout JSONWriter) {
    writer.object { state in
      state.field("kid", key.description)
      state.field("height", height)
      state.field("index", index)
    }
  }
}

extension JSONFields {
  fileprivate mutating func motion(_ name: StaticString) throws(JSONError) -> Motion {
    try read(name) { (value) throws(JSONError) in
      var fields = try value.fields()
      _ = try fields.string("type")
      let motion = try Motion(&fields)
      try fields.finish()
      return motion
    }
  }
}
