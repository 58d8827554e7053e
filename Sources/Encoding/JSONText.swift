/// Reads the strings that tokens point to.
enum JSONText {
  static func string(_ token: JSONToken, in base: UnsafeBufferPointer<UInt8>) -> String {
    let raw = UnsafeBufferPointer(rebasing: base[token.payload..<token.payload + Int(token.length)])
    return token.kind == .string ? String(decoding: raw, as: UTF8.self) : unescape(raw)
  }

  static func equal(_ a: JSONToken, _ b: JSONToken, in base: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.length == b.length else { return false }
    for offset in 0..<Int(a.length) where base[a.payload + offset] != base[b.payload + offset] { return false }
    return true
  }

  /// Decodes escapes that the parser has already checked.
  private static func unescape(_ raw: UnsafeBufferPointer<UInt8>) -> String {
    var units: [UInt8] = []
    units.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      guard raw[index] == UInt8(ascii: "\\") else {
        units.append(raw[index])
        index += 1
        continue
      }
      let letter = raw[index + 1]
      index += 2
      switch letter {
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "f"): units.append(0x0C)
      case UInt8(ascii: "n"): units.append(0x0A)
      case UInt8(ascii: "r"): units.append(0x0D)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "u"): append(scalar(raw, &index), to: &units)
      default: units.append(letter)
      }
    }
    return String(decoding: units, as: UTF8.self)
  }

  private static func scalar(_ raw: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Unicode.Scalar {
    let high = unit(raw, &index)
    guard high & 0xFC00 == 0xD800 else { return Unicode.Scalar(UInt32(high))! }
    index += 2
    return scalar(high: high, low: unit(raw, &index))
  }

  /// The scalar of a surrogate pair.
  static func scalar(high: UInt16, low: UInt16) -> Unicode.Scalar {
    Unicode.Scalar(0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(low & 0x3FF)))!
  }

  private static func unit(_ raw: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      unit = unit << 4 | UInt16(Hex.value(raw[index])!)
      index += 1
    }
    return unit
  }

  private static func append(_ scalar: Unicode.Scalar, to units: inout [UInt8]) {
    units.append(contentsOf: UTF8.encode(scalar)!)
  }
}
