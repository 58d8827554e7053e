import Cryptography

/// A user's NKEY: an Ed25519 key in NATS's text form (base32 of a prefix, the key and a CRC-16).
///
/// Signing is libsodium's, with the key in locked memory; the library sees one signature and no seed.
public struct UserKey: Sendable {
  /// `U…`: what the server's configuration names.
  public let publicText: String
  private let key: SecretKey

  private static let seedPrefix = 18 << 3
  private static let userPrefix = 20 << 3

  /// The key of a seed `SU…`.
  public init(seed text: String) throws(NATSError) {
    guard let raw = Base32.decode(text), raw.count == 36 else {
      throw NATSError(.invalid, "an NKEY seed has 58 characters of base32 and begins with SU")
    }
    let checksum = UInt16(raw[34]) | UInt16(raw[35]) << 8
    guard CRC16.xmodem(raw[..<34]) == checksum else {
      throw NATSError(.invalid, "the checksum of the NKEY seed is wrong: a character is mistyped")
    }
    let kind = Int(raw[0] & 0xF8)
    let holder = Int(raw[0] & 7) << 5 | Int(raw[1] & 0xF8) >> 3
    guard kind == Self.seedPrefix, holder == Self.userPrefix else {
      throw NATSError(.invalid, "the NKEY is no user's seed: those begin with SU")
    }
    do {
      key = try SecretKey(seed: Array(raw[2..<34]))
    } catch {
      throw NATSError(.invalid, "the NKEY seed is no key: \(error.sentence)")
    }
    publicText = Self.text([UInt8(Self.userPrefix)] + key.publicKey.bytes)
  }

  /// The key of 32 bytes.
  public init(_ key: SecretKey) {
    self.key = key
    publicText = Self.text([UInt8(Self.userPrefix)] + key.publicKey.bytes)
  }

  /// `SU…`: to be written to a file that nobody else reads.
  public var seedText: String {
    let first = UInt8(Self.seedPrefix | Self.userPrefix >> 5)
    return Self.text([first, UInt8(Self.userPrefix & 31) << 3] + key.seed)
  }

  func sign(_ challenge: [UInt8]) -> [UInt8] { key.sign(challenge) }

  private static func text(_ raw: [UInt8]) -> String {
    let checksum = CRC16.xmodem(raw[...])
    return Base32.encode(raw + [UInt8(checksum & 0xFF), UInt8(checksum >> 8)])
  }
}

/// RFC 4648 §6 without padding.
enum Base32 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var (buffer, bits) = (0, 0)
    for byte in bytes {
      (buffer, bits) = ((buffer << 8 | Int(byte)) & 0xFFFF, bits + 8)
      while bits >= 5 {
        bits -= 5
        text.append(letters[buffer >> bits & 31])
      }
    }
    if bits > 0 { text.append(letters[buffer << (5 - bits) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (buffer, bits) = (0, 0)
    for letter in text.utf8 {
      guard let value = letters.firstIndex(of: letter) else { return nil }
      (buffer, bits) = ((buffer << 5 | value) & 0xFFFF, bits + 5)
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(buffer >> bits & 0xFF))
      }
    }
    return bytes
  }
}

/// The checksum of NKEYs: polynomial 0x1021, beginning with 0.
enum CRC16 {
  static func xmodem(_ bytes: ArraySlice<UInt8>) -> UInt16 {
    bytes.reduce(into: UInt16(0)) { sum, byte in
      sum ^= UInt16(byte) << 8
      for _ in 0..<8 { sum = sum & 0x8000 == 0 ? sum << 1 : sum << 1 ^ 0x1021 }
    }
  }
}
