/// The headers of a message: names and values in their order.
public struct Headers: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// Names and values.
  public private(set) var pairs: [(name: String, value: String)] = []

  /// No headers.
  public init() {}

  /// These headers.
  public init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }

  /// These headers.
  public init(dictionaryLiteral elements: (String, String)...) { pairs = elements.map { ($0, $1) } }

  /// The first value of the header called `name`, written exactly so.
  public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// Adds a header.
  public mutating func add(_ name: String, _ value: String) { pairs.append((name, value)) }

  /// Whether both have the same pairs in the same order.
  public static func == (left: Headers, right: Headers) -> Bool {
    left.pairs.elementsEqual(right.pairs) { $0.name == $1.name && $0.value == $1.value }
  }

  /// Refuses names and values that would break a header out of its line.
  func check() throws(NATSError) {
    for (name, value) in pairs {
      let isName = !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
      guard isName, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw NATSError(.invalid, "a header's name or value holds a character that headers cannot have")
      }
    }
  }
}
