import Encoding

/// A text with detached signatures below it (C2SP signed-note).
public struct SignedNote: Sendable, Equatable {
  /// The most signature lines that are read.
  public static let maximumSignatures = 64
  /// The longest note in bytes.
  public static let maximumLength = 1_000_000

  /// One signature line: `— <name> base64(keyID ‖ signature)`.
  public struct Signature: Sendable, Equatable {
    /// Who signed.
    public let name: String
    /// The first bytes of the blob: which key of that name.
    public let keyID: [UInt8]
    /// The rest of the blob, as the key's type defines it.
    public let bytes: [UInt8]

    /// A signature by the key `keyID` of `name`.
    public init(name: String, keyID: [UInt8], bytes: [UInt8]) {
      (self.name, self.keyID, self.bytes) = (name, keyID, bytes)
    }
  }

  /// The signed text, which ends in a newline.
  public let text: String
  /// The signatures in their order.
  public let signatures: [Signature]

  /// A note of `text` and `signatures`.
  public init(text: String, signatures: [Signature]) {
    (self.text, self.signatures) = (text, signatures)
  }

  /// Reads a note.
  public init(_ bytes: [UInt8]) throws(LogError) {
    guard bytes.count <= Self.maximumLength, let note = String(validating: bytes, as: UTF8.self) else {
      throw LogError(.note, "the note is not UTF-8 text of at most \(Self.maximumLength) bytes")
    }
    guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }), let lines = note[...].endedLines else {
      throw LogError(.note, "the note has control characters or does not end its last line")
    }
    guard let gap = lines.lastIndex(of: ""), gap > 0, gap + 1 < lines.endIndex else {
      throw LogError(.note, "the note has no empty line followed by signatures")
    }
    text = lines[..<gap].map { $0 + "\n" }.joined()
    let signatureLines = lines[(gap + 1)...]
    guard signatureLines.count <= Self.maximumSignatures else {
      throw LogError(.note, "the note has more than \(Self.maximumSignatures) signatures")
    }
    var signatures: [Signature] = []
    for line in signatureLines { signatures.append(try Self.signature(line)) }
    self.signatures = signatures
  }

  private static func signature(_ line: Substring) throws(LogError) -> Signature {
    let parts = line.words
    guard parts.count == 3, parts[0].isSame(as: "—"), VerifierKey.isName(parts[1]),
      let blob = Base64.standard.decode(parts[2]), blob.count > VerifierKey.idLength
    else { throw LogError(.note, "\(quoted(line)) is not a signature line") }
    return Signature(
      name: String(parts[1]), keyID: Array(blob.prefix(VerifierKey.idLength)),
      bytes: Array(blob.dropFirst(VerifierKey.idLength)))
  }

  /// The note's text form.
  public var description: String {
    text + "\n"
      + signatures.map { "— \($0.name) \(Base64.standard.encode($0.keyID + $0.bytes))\n" }.joined()
  }
}
