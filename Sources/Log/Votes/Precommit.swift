import Cryptography
import Encoding

/// A validator's precommit of the block before, as a block line carries it: `{"kid","round","signature"}`.
///
/// The vote itself follows from the block that it is for, so its signature is enough.
public struct Precommit: Sendable, Hashable {
  /// The voting key.
  public let author: KeyID
  /// The round in which the block was decided.
  public let round: Int
  /// The 64 bytes that the key signed the vote with.
  public let signature: [UInt8]

  /// The precommit of a signed vote.
  public init(_ vote: SignedVote) {
    (author, round, signature) = (vote.author, vote.vote.round, vote.line.signature)
  }

  /// Reads what ``write(to:)`` wrote.
  init(_ value: JSONValue) throws(JSONError) {
    var fields = try value.fields()
    guard let author = KeyID(try fields.string("kid")) else {
      throw JSONError(.value, "in \"kid\": not the name of a key")
    }
    let round = try fields.integer("round")
    guard let signature = Base64.url.decode(try fields.string("signature")),
      signature.count == SecretKey.signatureLength, round >= 0
    else { throw JSONError(.value, "in \"signature\": not \(SecretKey.signatureLength) bytes in base64url") }
    try fields.finish()
    (self.author, self.round, self.signature) = (author, round, signature)
  }

  /// Writes the object.
  func write(to writer: inout JSONWriter) {
    writer.object { precommit in
      precommit.field("kid", author.description)
      precommit.field("round", round)
      precommit.field("signature", Base64.url.encode(signature))
    }
  }
}
