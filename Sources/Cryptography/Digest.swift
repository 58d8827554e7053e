import Encoding

/// A SHA-256 value, 32 bytes.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// Bytes of a digest.
  public static let length = 32

  // Four words in memory order: no heap, and the words' memory is the digest's bytes.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init(filling body: (UnsafeMutableRawBufferPointer) -> Void) {
    withUnsafeMutableBytes(of: &words, body)
  }

  /// The digest of these bytes; nil unless there are 32.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.length else { return nil }
    withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
  }

  /// The digest of these bytes; nil unless there are 32.
  public init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.length else { return nil }
    withUnsafeMutableBytes(of: &words) { words in bytes.withUnsafeBytes { words.copyMemory(from: $0) } }
  }

  /// The digest of these bytes; nil unless there are 32.
  public init?(_ bytes: [UInt8]) { self.init(bytes[...]) }

  /// The digest that 64 lower-case hexadecimal digits write.
  public init?(hex: String) {
    guard let bytes = Hex.decode(hex) else { return nil }
    self.init(bytes)
  }

  /// The 32 bytes.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// Lends the 32 bytes to `body`.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var copy = words
    return Swift.withUnsafeBytes(of: &copy, body)
  }

  /// Lower-case hexadecimal.
  public var hex: String { Hex.encode(bytes) }
  /// Base64 with padding.
  public var base64: String { Base64.standard.encode(bytes) }
  /// Lower-case hexadecimal.
  public var description: String { hex }

  /// Whether all bytes are equal.
  public static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }

  /// Feeds the bytes to `hasher`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}
