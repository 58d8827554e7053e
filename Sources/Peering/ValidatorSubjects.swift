/// The subjects on which the validators of one log speak: `twinergy.<chain>.consensus.<to>.<from>`, `<to>` being `_` for all.
public struct ValidatorSubjects: Sendable {
  private let prefix: String
  private let me: String

  /// The subjects of the validator `me` of the log `chain`.
  public init(chain: String, me: String) {
    prefix = "twinergy.\(Self.token(chain)).consensus"
    self.me = Self.token(me)
  }

  /// To all others.
  public var toAll: String { "\(prefix)._.\(me)" }
  /// To the validator `name`.
  public func to(_ name: String) -> String { "\(prefix).\(Self.token(name)).\(me)" }
  /// What the validator `name` says to all, and to this one.
  public func of(_ name: String) -> [String] { ["_", me].map { "\(prefix).\($0).\(Self.token(name))" } }

  /// The token by which `name` stands in subjects: bytes other than letters, digits and `-` as `%` and two hexadecimal digits.
  public static func token(_ name: String) -> String {
    name.utf8.map { byte in
      let isPlain =
        byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
