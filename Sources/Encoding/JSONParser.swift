/// Builds the tape of a text by recursive descent.
struct JSONParser {
  private let base: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var tokens: [JSONToken] = []

  static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONTape {
    guard bytes.count < Int(UInt32.max) else { throw JSONError(.syntax, "the text is longer than 4 GiB") }
    guard isUTF8(bytes) else { throw JSONError(.encoding, "the text is not valid UTF-8") }
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<[JSONToken], JSONError> in
      do throws(JSONError) {
        var parser = JSONParser(base: buffer)
        return .success(try parser.document())
      } catch {
        return .failure(error)
      }
    }
    return JSONTape(bytes: bytes, tokens: try result.get())
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    if !bytes.contains(where: { $0 >= 0x80 }) { return true }
    return (try? UTF8Span(validating: bytes.span)) != nil
  }

  private init(base: UnsafeBufferPointer<UInt8>) {
    self.base = base
    tokens.reserveCapacity(16 + base.count / 6)
  }

  private mutating func document() throws(JSONError) -> [JSONToken] {
    skipWhitespace()
    try value(depth: 0)
    skipWhitespace()
    guard position == base.count else { throw syntax("something follows the value") }
    return tokens
  }

  private func syntax(_ what: String) -> JSONError {
    JSONError(.syntax, "\(what) at byte \(position)")
  }

  /// The byte at the cursor, or 0 at the end (no valid text has a 0 outside a string, and strings refuse it).
  private var current: UInt8 { position < base.count ? base[position] : 0 }

  private mutating func skipWhitespace() {
    while position < base.count {
      switch base[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(JSONError) {
    switch current {
    case UInt8(ascii: "{"): try object(depth: depth + 1)
    case UInt8(ascii: "["): try array(depth: depth + 1)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try integer()
    case UInt8(ascii: "t"): try literal("true", .true)
    case UInt8(ascii: "f"): try literal("false", .false)
    case UInt8(ascii: "n"): try literal("null", .null)
    default: throw syntax(position < base.count ? "no value starts" : "the text ends where a value should start")
    }
  }

  private mutating func append(_ kind: JSONToken.Kind, payload: Int = 0, length: Int = 0) {
    tokens.append(
      JSONToken(kind: kind, next: UInt32(tokens.count + 1), payload: payload, length: UInt32(length)))
  }

  private mutating func close(_ index: Int, count: Int) {
    tokens[index].next = UInt32(tokens.count)
    tokens[index].payload = count
  }

  private mutating func literal(_ word: StaticString, _ kind: JSONToken.Kind) throws(JSONError) {
    let length = word.utf8CodeUnitCount
    guard position + length <= base.count else { throw syntax("a broken literal") }
    for offset in 0..<length where base[position + offset] != word.utf8Start[offset] {
      throw syntax("a broken literal")
    }
    position += length
    append(kind)
  }

  private mutating func integer() throws(JSONError) {
    let start = position
    let negative = current == UInt8(ascii: "-")
    if negative { position += 1 }
    let digits = position
    if current == UInt8(ascii: "0"), digits + 1 < base.count, Self.isDigit(base[digits + 1]) {
      throw syntax("a number with a leading zero")
    }
    var magnitude = 0
    while Self.isDigit(current) {
      guard position - digits < 16 else { throw JSONError(.number, "the number at byte \(start) is too large") }
      magnitude = magnitude * 10 + Int(base[position] - UInt8(ascii: "0"))
      position += 1
    }
    guard position > digits else { throw syntax("a sign without digits") }
    switch current {
    case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      throw JSONError(.number, "the number at byte \(start) is not a plain integer")
    default: break
    }
    guard magnitude <= JSONValue.largestInteger, !(negative && magnitude == 0) else {
      throw JSONError(.number, "the number at byte \(start) is minus zero or beyond 2^53 − 1")
    }
    append(.integer, payload: negative ? -magnitude : magnitude)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private mutating func string() throws(JSONError) {
    position += 1
    let start = position
    var escaped = false
    while true {
      guard position < base.count else { throw syntax("a string without end") }
      let byte = base[position]
      if byte == UInt8(ascii: "\"") { break }
      guard byte >= 0x20 else { throw syntax("a control character in a string") }
      if byte == UInt8(ascii: "\\") {
        escaped = true
        try skipEscape()
      } else {
        if byte >= 0xEF { try refuseNoncharacter(scalarAtCursor) }
        position += 1
      }
    }
    append(escaped ? .escapedString : .string, payload: start, length: position - start)
    position += 1
  }

  private mutating func skipEscape() throws(JSONError) {
    position += 1
    switch current {
    case UInt8(ascii: "u"):
      position += 1
      let unit = try hexadecimal()
      guard unit & 0xF800 == 0xD800 else { return try refuseNoncharacter(UInt32(unit)) }
      let low = unit & 0xFC00 == 0xD800 && current == UInt8(ascii: "\\") ? try trailingSurrogate() : 0
      guard low & 0xFC00 == 0xDC00 else { throw JSONError(.encoding, "a lone surrogate before byte \(position)") }
      try refuseNoncharacter(JSONText.scalar(high: unit, low: low).value)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    default: throw syntax("an unknown escape")
    }
  }

  private mutating func trailingSurrogate() throws(JSONError) -> UInt16 {
    position += 1
    guard current == UInt8(ascii: "u") else { return 0 }
    position += 1
    return try hexadecimal()
  }

  /// The three or four bytes at the cursor, which are known to be UTF-8.
  private var scalarAtCursor: UInt32 {
    let lead = UInt32(base[position])
    let (count, bits) = lead < 0xF0 ? (3, lead & 0x0F) : (4, lead & 0x07)
    return (1..<count).reduce(bits) { $0 << 6 | UInt32(base[position + $1] & 0x3F) }
  }

  /// Refuses the 66 code points that Unicode reserves for a program's own use (RFC 7493 §2.1).
  private func refuseNoncharacter(_ scalar: UInt32) throws(JSONError) {
    guard scalar & 0xFFFE != 0xFFFE, !(0xFDD0...0xFDEF).contains(scalar) else {
      throw JSONError(.encoding, "a code point that is no character near byte \(position)")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Hex.value(current) else { throw syntax("a broken \\u escape") }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  private mutating func array(depth: Int) throws(JSONError) {
    let index = try open(.array, depth: depth)
    var count = 0
    while current != UInt8(ascii: "]") || count > 0 {
      try value(depth: depth)
      count += 1
      if try !comma(before: UInt8(ascii: "]")) { break }
    }
    position += 1
    close(index, count: count)
  }

  private mutating func object(depth: Int) throws(JSONError) {
    let index = try open(.object, depth: depth)
    var count = 0
    while current != UInt8(ascii: "}") || count > 0 {
      guard current == UInt8(ascii: "\"") else { throw syntax("a member without a name") }
      try string()
      skipWhitespace()
      guard current == UInt8(ascii: ":") else { throw syntax("a member without a colon") }
      position += 1
      skipWhitespace()
      try value(depth: depth)
      count += 1
      if try !comma(before: UInt8(ascii: "}")) { break }
    }
    position += 1
    close(index, count: count)
    try refuseDuplicates(object: index, count: count)
  }

  private mutating func open(_ kind: JSONToken.Kind, depth: Int) throws(JSONError) -> Int {
    guard depth <= JSONDocument.maximumDepth else {
      throw JSONError(.depth, "the text nests deeper than \(JSONDocument.maximumDepth) levels")
    }
    position += 1
    append(kind)
    skipWhitespace()
    return tokens.count - 1
  }

  /// Steps over a comma and answers true, or stands at `end` and answers false.
  private mutating func comma(before end: UInt8) throws(JSONError) -> Bool {
    skipWhitespace()
    if current == end { return false }
    guard current == UInt8(ascii: ",") else { throw syntax("a missing comma or bracket") }
    position += 1
    skipWhitespace()
    return true
  }

  /// Few members are compared pair by pair, many through a set; always by bytes, since Swift's strings are equal to
  /// their canonical equivalents and other readers' are not.
  private func refuseDuplicates(object: Int, count: Int) throws(JSONError) {
    guard count > 1 else { return }
    var later = object + 1
    for position in 0..<count {
      if count > 16 || tokens[later].kind == .escapedString {
        return try refuseDuplicatesInSet(object: object, count: count)
      }
      var earlier = object + 1
      for _ in 0..<position {
        if JSONText.equal(tokens[earlier], tokens[later], in: base) { throw duplicate(later) }
        earlier = Int(tokens[earlier + 1].next)
      }
      later = Int(tokens[later + 1].next)
    }
  }

  private func refuseDuplicatesInSet(object: Int, count: Int) throws(JSONError) {
    var seen = Set<[UInt8]>()
    var name = object + 1
    for _ in 0..<count {
      if !seen.insert(Array(JSONText.string(tokens[name], in: base).utf8)).inserted { throw duplicate(name) }
      name = Int(tokens[name + 1].next)
    }
  }

  private func duplicate(_ name: Int) -> JSONError {
    JSONError(.duplicateKey, "the member \(quoted(JSONText.string(tokens[name], in: base))) stands twice in one object")
  }
}
