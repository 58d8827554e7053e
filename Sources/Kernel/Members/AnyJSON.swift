import Encoding

/// Any JSON value that the platform passes on without looking into it, at most 4096 bytes.
public struct AnyJSON: MemberValue {
  /// The longest value in bytes.
  public static let maximumLength = 4096

  /// The value as compact JSON.
  public let bytes: [UInt8]

  /// `bytes`, which are one JSON value.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// Anything.
  public static var schema: Schema { .any }

  /// Reads anything.
  public static func read(_ value: JSONValue) throws(JSONError) -> AnyJSON {
    let bytes = JSONWriter.bytes { value.write(to: &$0) }
    guard bytes.count <= maximumLength else {
      throw JSONError(.value, "the value has \(bytes.count) bytes, more than \(maximumLength)")
    }
    return AnyJSON(bytes: bytes)
  }

  /// Writes it.
  public func write(to writer: inout JSONWriter) { writer.raw(bytes) }
}
