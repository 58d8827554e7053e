import Cryptography
import Encoding

/// A line of the log: a JWS in compact form (RFC 7515 §7.1) signed by Ed25519 (RFC 8037 §3.1).
///
/// Nobody but the signer can make a second line of a signed fact: the protected header is pinned to its bytes, each part is
/// canonical base64url, and Ed25519 signatures cannot be changed without the key. A signer could sign one fact twice, with
/// other nonces; the sequence number admits one of the two.
public struct SignedLine: Sendable {
  /// What a line is; stands in the header as `typ`.
  public enum Kind: String, Sendable, CaseIterable {
    /// An author's events; a leaf of the log.
    case entry = "twinergy-entry+jws"
    /// The close of a block; a leaf of the log.
    case block = "twinergy-block+jws"
    /// A validator's prevote or precommit.
    case vote = "twinergy-vote+jws"
    /// A proposer's word for a block.
    case proposal = "twinergy-proposal+jws"
  }

  /// The longest line in bytes: an entry bundle writes lengths in 16 bits.
  public static let maximumLength = 65_535

  /// The whole line.
  public let bytes: [UInt8]
  /// What it is.
  public let kind: Kind
  /// Who is said to have signed it.
  public let author: KeyID
  /// The decoded payload.
  public let payload: [UInt8]
  /// The 64 bytes of the Ed25519 signature, not yet verified.
  public let signature: [UInt8]
  private let signedLength: Int

  /// Takes a line apart without verifying its signature.
  public init(_ bytes: [UInt8]) throws(LogError) {
    guard bytes.count <= Self.maximumLength else {
      throw LogError(.tooLong, "the line has \(bytes.count) bytes, more than \(Self.maximumLength)")
    }
    let dot = UInt8(ascii: ".")
    guard let first = bytes.firstIndex(of: dot), let second = bytes[(first + 1)...].firstIndex(of: dot),
      !bytes[(second + 1)...].contains(dot)
    else { throw LogError(.jwsMalformed, "the line is not three parts joined by dots") }
    let header = try Self.decode(bytes[..<first], part: "header")
    payload = try Self.decode(bytes[(first + 1)..<second], part: "payload")
    signature = try Self.decode(bytes[(second + 1)...], part: "signature")
    guard signature.count == SecretKey.signatureLength else {
      throw LogError(
        .jwsMalformed, "the signature has \(signature.count) bytes instead of \(SecretKey.signatureLength)")
    }
    (kind, author) = try Self.readHeader(header)
    self.bytes = bytes
    signedLength = second
  }

  /// Signs `payload` as a line of `kind`.
  public init(_ kind: Kind, payload: [UInt8], by key: SecretKey) throws(LogError) {
    let message = Self.message(kind, payload, key.id)
    try self.init(kind, payload: payload, message: message, author: key.id, signature: key.sign(message))
  }

  /// The line of `kind` that `author` is said to have signed with `signature`, which is 64 bytes.
  public init(_ kind: Kind, payload: [UInt8], author: KeyID, signature: [UInt8]) throws(LogError) {
    let message = Self.message(kind, payload, author)
    try self.init(kind, payload: payload, message: message, author: author, signature: signature)
  }

  private init(
    _ kind: Kind, payload: [UInt8], message: [UInt8], author: KeyID, signature: [UInt8]
  ) throws(LogError) {
    precondition(signature.count == SecretKey.signatureLength, "an Ed25519 signature has another length")
    var line = message
    line.append(UInt8(ascii: "."))
    Base64.url.append(signature, to: &line)
    guard line.count <= Self.maximumLength else {
      throw LogError(.tooLong, "the line would have \(line.count) bytes, more than \(Self.maximumLength)")
    }
    (bytes, self.kind, self.payload) = (line, kind, payload)
    (self.author, self.signature, signedLength) = (author, signature, message.count)
  }

  /// The line as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether `key` signed this line.
  public func isSigned(by key: PublicKey) -> Bool {
    key.id == author && key.isValid(signature[...], over: bytes[..<signedLength])
  }

  private static func decode(_ part: ArraySlice<UInt8>, part name: String) throws(LogError) -> [UInt8] {
    guard let bytes = Base64.url.decode(part) else {
      throw LogError(.jwsNotCanonical, "the \(name) is not canonical base64url without padding")
    }
    return bytes
  }

  /// What is signed: header and payload in base64url, joined by a dot.
  private static func message(_ kind: Kind, _ payload: [UInt8], _ author: KeyID) -> [UInt8] {
    var message: [UInt8] = []
    Base64.url.append(header(kind, author), to: &message)
    message.append(UInt8(ascii: "."))
    Base64.url.append(payload, to: &message)
    return message
  }

  private static func header(_ kind: Kind, _ key: KeyID) -> [UInt8] {
    Array("{\"alg\":\"EdDSA\",\"kid\":\"\(key)\",\"typ\":\"\(kind.rawValue)\"}".utf8)
  }

  private static let headerStart = Array("{\"alg\":\"EdDSA\",\"kid\":\"".utf8)
  private static let headerEnds: [(Kind, [UInt8])] = Kind.allCases.map { kind in
    (kind, Array("\",\"typ\":\"\(kind.rawValue)\"}".utf8))
  }

  private static func readHeader(_ header: [UInt8]) throws(LogError) -> (Kind, KeyID) {
    let rest = header.dropFirst(headerStart.count)
    if header.starts(with: headerStart), let author = KeyID(rest.prefix(KeyID.textLength)) {
      let end = rest.dropFirst(KeyID.textLength)
      if let match = headerEnds.first(where: { $0.1.elementsEqual(end) }) { return (match.0, author) }
    }
    throw LogError(
      .jwsHeader, "the protected header is not {\"alg\":\"EdDSA\",\"kid\":…,\"typ\":\"twinergy-entry+jws\"} to the byte"
    )
  }
}

extension SignedLine: Hashable {
  /// Whether two lines are the same bytes.
  public static func == (a: SignedLine, b: SignedLine) -> Bool { a.bytes == b.bytes }

  /// Feeds the signature, which stands for the line.
  public func hash(into hasher: inout Hasher) { hasher.combine(signature) }
}
