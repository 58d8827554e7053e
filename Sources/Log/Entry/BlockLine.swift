import Cryptography
import Encoding
import Quantities

/// The close of a block: a leaf that names what stands before it.
///
/// Payload: `{"chain","height","time","previous","first","validators","state":{"height","digest"},
/// "precommits":[{"kid","round","signature"},…]}`. The chain of block lines is the log's hash chain; it lives inside the tree.
public struct BlockLine: Sendable, Equatable {
  /// The digest of the state at the end of a block.
  public struct StateDigest: Sendable, Hashable {
    /// The block; 0 is the genesis.
    public let height: Int
    /// The digest of `Community`'s canonical state.
    public let digest: Digest

    /// The state's digest at the end of block `height`.
    public init(height: Int, digest: Digest) {
      (self.height, self.digest) = (height, digest)
    }
  }

  /// The log's origin.
  public let chain: String
  /// 1 for the first block, then one more each.
  public let height: Int
  /// The block's time; never before that of the block before.
  public let time: Instant
  /// The leaf hash of the block line before; of the genesis for the first block.
  public let previous: Digest
  /// Index of the block's first entry; its own index if the block has none.
  public let first: Int
  /// The digest of the validators that may close it.
  public let validators: Digest
  /// The newest state digest known when the block was proposed.
  public let state: StateDigest
  /// The precommits that decided the block before; none in the first block, nor after a block of a single validator, whose
  /// signature on the line is its precommit.
  public let precommits: [Precommit]

  /// A block line of these parts.
  public init(
    chain: String, height: Int, time: Instant, previous: Digest, first: Int, validators: Digest, state: StateDigest,
    precommits: [Precommit] = []
  ) {
    (self.chain, self.height, self.time, self.previous) = (chain, height, time, previous)
    (self.first, self.validators, self.state, self.precommits) = (first, validators, state, precommits)
  }

  /// Reads the payload of a block's line.
  public init(_ line: SignedLine) throws(LogError) {
    guard line.kind == .block else {
      throw LogError(.jwsHeader, "the line is of type \(line.kind.rawValue); it closes no block")
    }
    func parse() throws(JSONError) -> BlockLine {
      var fields = try JSONDocument(line.payload).root.fields()
      let chain = try fields.origin("chain")
      let height = try fields.integer("height")
      let time = try fields.instant("time")
      let previous = try fields.digest("previous")
      let first = try fields.integer("first")
      let validators = try fields.digest("validators")
      let state = try fields.read("state") { (value) throws(JSONError) in
        var fields = try value.fields()
        let state = StateDigest(height: try fields.integer("height"), digest: try fields.digest("digest"))
        try fields.finish()
        return state
      }
      let precommits = try fields.array("precommits") { (value) throws(JSONError) in try Precommit(value) }
      try fields.finish()
      return BlockLine(
        chain: chain, height: height, time: time, previous: previous, first: first, validators: validators,
        state: state,
        precommits: precommits)
    }
    self = try asLog(.block, parse)
  }

  /// The line, signed by the proposer's voting key.
  public func signed(by key: SecretKey) throws(LogError) -> SignedLine {
    let payload = JSONWriter.bytes { writer in
      writer.object { block in
        block.field("chain", chain)
        block.field("height", height)
        block.field("time", time)
        block.field("previous", previous)
        block.field("first", first)
        block.field("validators", validators)
        block.field("state") { field in
          field.object { state in
            state.field("height", self.state.height)
            state.field("digest", self.state.digest)
          }
        }
        block.field("precommits", each: precommits) { $1.write(to: &$0) }
      }
    }
    return try SignedLine(.block, payload: payload, by: key)
  }
}
