/// Writes compact JSON, byte for byte the same for the same calls.
///
/// Members come in the order in which they are written: whoever writes something that is hashed fixes that order, and
/// sorts what has none. Of the characters only `"`, `\` and those below U+0020 are escaped (RFC 8785 §3.2.2.2).
public struct JSONWriter: Sendable {
  /// What has been written so far.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// A writer that has written nothing.
  public init() {}

  /// The text that `body` writes.
  public static func bytes(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    body(&writer)
    return writer.bytes
  }

  /// Writes an object whose members `body` writes.
  public mutating func object(_ body: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// Writes an array whose elements `body` writes.
  public mutating func array(_ body: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  /// Writes a string.
  public mutating func string(_ value: String) {
    separate()
    quote(value.utf8)
    needsComma = true
  }

  /// Writes an integer.
  ///
  /// - Precondition: its magnitude is at most 2^53 − 1; larger amounts travel as decimal strings.
  public mutating func integer(_ value: Int) {
    precondition(value.magnitude <= JSONValue.largestInteger.magnitude, "\(value) needs a decimal string")
    separate()
    appendDigits(value)
    needsComma = true
  }

  /// Writes a Boolean.
  public mutating func boolean(_ value: Bool) {
    raw(value ? "true" : "false")
  }

  /// Writes `null`.
  public mutating func null() {
    raw("null")
  }

  /// Writes `text`, which must be one JSON value, as it is.
  public mutating func raw(_ text: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: text)
    needsComma = true
  }

  private mutating func raw(_ text: StaticString) {
    raw(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Starts the member called `name`; its value must be written next.
  public mutating func name(_ name: String) {
    separate()
    quote(name.utf8)
    bytes.append(UInt8(ascii: ":"))
  }

  /// Writes a member whose value `body` writes.
  public mutating func field(_ name: String, _ body: (inout JSONWriter) -> Void) {
    self.name(name)
    body(&self)
  }

  /// Writes a string member.
  public mutating func field(_ name: String, _ value: String) {
    self.name(name)
    string(value)
  }

  /// Writes an integer member.
  public mutating func field(_ name: String, _ value: Int) {
    self.name(name)
    integer(value)
  }

  /// Writes a member that is an array of integers.
  public mutating func field(_ name: String, _ values: some Sequence<Int>) {
    self.name(name)
    array { writer in
      for value in values { writer.integer(value) }
    }
  }

  /// Writes a member that is an array, each element by `element`.
  public mutating func field<Element>(
    _ name: String, each values: some Sequence<Element>, _ element: (inout JSONWriter, Element) -> Void
  ) {
    self.name(name)
    array { writer in
      for value in values { element(&writer, value) }
    }
  }

  private mutating func container(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(open)
    body(&self)
    bytes.append(close)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func appendDigits(_ value: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = value.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private mutating func quote(_ text: String.UTF8View) {
    bytes.append(UInt8(ascii: "\""))
    let isPlain = text.withContiguousStorageIfAvailable { units in
      guard !units.contains(where: Self.isEscaped) else { return false }
      bytes.append(contentsOf: units)
      return true
    }
    if isPlain != true { escape(text) }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ unit: UInt8) -> Bool {
    unit < 0x20 || unit == UInt8(ascii: "\"") || unit == UInt8(ascii: "\\")
  }

  private mutating func escape(_ text: String.UTF8View) {
    for unit in text {
      switch unit {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), unit]
      case 0x08: bytes += Array("\\b".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x0C: bytes += Array("\\f".utf8)
      case 0x0D: bytes += Array("\\r".utf8)
      case 0..<0x20: bytes += Array("\\u00".utf8) + Array(Hex.encode([unit]).utf8)
      default: bytes.append(unit)
      }
    }
  }
}
