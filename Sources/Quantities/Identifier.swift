import Encoding

/// The pseudonymous name of one thing: a party, a device, a LEM.
///
/// 1 to 64 of the characters `A-Z a-z 0-9 - _ .`, beginning with a letter or digit: safe in a subject, a URL, a file name
/// and a table, and never a person's name. `Kind` keeps identifiers of different things apart.
public struct Identifier<Kind>: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The longest identifier in bytes.
  public static var maximumLength: Int { IdentifierText.maximumLength }

  /// The characters.
  public let text: String

  /// The identifier `text`.
  @inlinable
  public init(_ text: String) throws(QuantityError) {
    try IdentifierText.check(text)
    self.text = text
  }

  /// Orders by the bytes of the text, the same everywhere: Swift's order of strings is that of the bytes in ASCII.
  public static func < (a: Self, b: Self) -> Bool { a.text < b.text }

  /// The characters.
  public var description: String { text }
}

/// The rule that the identifiers of all kinds share: code that is there once, whatever they name.
@usableFromInline
enum IdentifierText {
  static let maximumLength = 64

  @usableFromInline
  static func check(_ text: String) throws(QuantityError) {
    let fits = text.utf8.withContiguousStorageIfAvailable { isValid($0) } ?? isValid(Array(text.utf8))
    guard fits else {
      throw .syntax(
        "\(quoted(text)) is not an identifier: 1 to \(maximumLength) of A-Z a-z 0-9 - _ . after a letter or digit")
    }
  }

  private static func isValid(_ units: some RandomAccessCollection<UInt8>) -> Bool {
    guard let first = units.first, units.count <= maximumLength, isAlphanumeric(first) else { return false }
    return units.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
  }

  private static func isAlphanumeric(_ unit: UInt8) -> Bool {
    (0x61...0x7A).contains(unit | 0x20) || (0x30...0x39).contains(unit)
  }
}

/// What a ``PartyID`` names.
public enum PartyKind {}
/// What a ``DeviceID`` names.
public enum DeviceKindName {}
/// What a ``LEMID`` names.
public enum LEMKind {}
/// What an ``OrderID`` names.
public enum OrderKind {}
/// What a ``RoleID`` names.
public enum RoleKind {}
/// What an ``EntryID`` names.
public enum EntryKind {}

/// A market party: a participant (a household, a business) or a consortium of participants.
public typealias PartyID = Identifier<PartyKind>
/// A meter, PV system, battery, electric vehicle or other device.
public typealias DeviceID = Identifier<DeviceKindName>
/// A local energy market.
public typealias LEMID = Identifier<LEMKind>
/// An order, named by its author.
public typealias OrderID = Identifier<OrderKind>
/// What a key may do.
public typealias RoleID = Identifier<RoleKind>
/// An entry, named by its author.
public typealias EntryID = Identifier<EntryKind>
