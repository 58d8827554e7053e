/// Base 64 of RFC 4648 in its two alphabets, with exactly one text for each byte string.
public struct Base64: Sendable {
  /// §4, with padding: signed notes, checkpoints and proofs.
  public static let standard = Base64(alphabet: "+/", padded: true)
  /// §5, without padding: the three parts of a JWS (RFC 7515 §2).
  public static let url = Base64(alphabet: "-_", padded: false)

  private let symbols: [UInt8]
  private let values: [UInt8]
  private let padded: Bool

  private static let invalid: UInt8 = 0xFF

  private init(alphabet lastTwo: String, padded: Bool) {
    symbols = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8) + Array(lastTwo.utf8)
    var values = [UInt8](repeating: Self.invalid, count: 256)
    for (value, symbol) in symbols.enumerated() { values[Int(symbol)] = UInt8(value) }
    self.values = values
    self.padded = padded
  }

  /// The text of `bytes`.
  public func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    append(bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the text of `bytes` to `text`.
  public func append(_ bytes: [UInt8], to text: inout [UInt8]) {
    text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4)
    var index = 0
    while index + 3 <= bytes.count {
      let group = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
      text.append(symbols[group >> 18])
      text.append(symbols[group >> 12 & 63])
      text.append(symbols[group >> 6 & 63])
      text.append(symbols[group & 63])
      index += 3
    }
    let rest = bytes.count - index
    guard rest > 0 else { return }
    let group = Int(bytes[index]) << 16 | (rest == 2 ? Int(bytes[index + 1]) << 8 : 0)
    for shift in [18, 12, 6].prefix(rest + 1) { text.append(symbols[group >> shift & 63]) }
    if padded { text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - rest)) }
  }

  /// The bytes that `text` writes; nil for a foreign character, wrong padding, or unused bits that are not zero.
  ///
  /// The last condition (RFC 4648 §3.5) is what makes the text canonical: without it a signed line has several forms.
  public func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    let result = text.withContiguousStorageIfAvailable { decode(buffer: $0) }
    return result ?? Array(text).withUnsafeBufferPointer { decode(buffer: $0) }
  }

  /// The bytes that `text` writes, as ``decode(_:)-(Collection<UInt8>)``: the form in which lines are taken apart.
  public func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    text.withUnsafeBufferPointer { decode(buffer: $0) }
  }

  /// The bytes that `text` writes, as ``decode(_:)-(Collection<UInt8>)``.
  public func decode(_ text: some StringProtocol) -> [UInt8]? {
    decode(Array(text.utf8)[...])
  }

  private func decode(buffer: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var count = buffer.count
    if padded {
      guard count.isMultiple(of: 4) else { return nil }
      while count > buffer.count - 2, count > 0, buffer[count - 1] == UInt8(ascii: "=") { count -= 1 }
    }
    let rest = count % 4
    guard rest != 1 else { return nil }
    var failed = false
    let size = count / 4 * 3 + max(0, rest - 1)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { output, initialized in
      failed = !values.withUnsafeBufferPointer { table in
        Self.decode(UnsafeBufferPointer(rebasing: buffer[..<count]), table, into: output)
      }
      initialized = size
    }
    return failed ? nil : bytes
  }

  private static func decode(
    _ text: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt8>,
    into output: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    var (read, write) = (0, 0)
    var seen: UInt8 = 0
    while read + 4 <= text.count {
      let (a, b) = (table[Int(text[read])], table[Int(text[read + 1])])
      let (c, d) = (table[Int(text[read + 2])], table[Int(text[read + 3])])
      seen |= a | b | c | d
      output[write] = a << 2 | b >> 4
      output[write + 1] = b << 4 | c >> 2
      output[write + 2] = c << 6 | d
      read += 4
      write += 3
    }
    let rest = text.count - read
    var unused: UInt8 = 0
    if rest > 0 {
      let (a, b) = (table[Int(text[read])], table[Int(text[read + 1])])
      seen |= a | b
      output[write] = a << 2 | b >> 4
      unused = b & 0x0F
      if rest == 3 {
        let c = table[Int(text[read + 2])]
        seen |= c
        output[write + 1] = b << 4 | c >> 2
        unused = c & 0x03
      }
    }
    // A valid value has six bits; the marker of a foreign character has eight.
    return seen < 64 && unused == 0
  }
}
