import Cryptography
import Log
import Quantities

/// What must hold from leaf to leaf: keys, sequence numbers, validators and the chain of block lines.
///
/// Written for the auditor alone: it shares the formats with the validators, and none of the code that decides.
struct ChainCheck {
  private let genesis: Genesis
  private(set) var governance: Governance
  private var height = 0
  private var time: Instant
  private var previous: Digest
  /// The root of the tree that ends with the last block's line: what the precommits in the next one are for.
  private var previousRoot = MerkleHash.empty
  /// Who decided the last block.
  private var deciders: ValidatorSet
  private var firstOfBlock = 1
  /// The state digest that the next block line must carry: height and, once seen, the digest.
  private var stateHeight = 0
  private var stateDigest: Digest?

  init(_ genesis: Genesis) {
    self.genesis = genesis
    governance = Governance(genesis)
    deciders = genesis.validators
    time = genesis.time
    previous = genesis.leafHash
  }

  /// Whether the last leaf closed a block.
  func endsBlock(at size: Int) -> Bool { firstOfBlock == size }

  /// Checks an entry; answers the key whose signature it must bear.
  mutating func entry(_ entry: Entry, at index: Int) throws(LogError) -> PublicKey {
    guard entry.chain == genesis.origin else {
      throw LogError(.wrongChain, "entry \(index) was signed for \(entry.chain)")
    }
    let holder = try governance.keys.signer(of: entry, at: index)
    governance.count(entry.author, sequence: entry.sequence)
    for event in entry.events {
      if let event = try GovernanceEvent(event) {
        try governance.apply(event, by: entry.author, at: index)
      }
    }
    return holder.grant.key
  }

  /// A line and the key that must have signed it.
  struct SignedBy {
    var line: SignedLine
    var key: PublicKey
  }

  /// Checks the line that closes a block; answers the key whose signature it must bear, and the precommits of the block
  /// before that it carries.
  ///
  /// - Parameter root: the root of the tree that ends with the line, asked for where several validators decide.
  mutating func block(
    _ line: SignedLine, leaf: Digest, at index: Int, root: @autoclosure () -> Digest
  ) throws(LogError) -> (PublicKey, [SignedBy]) {
    let block = try BlockLine(line)
    let validators = governance.validators
    guard let validator = validators.validator(voting: line.author) else {
      throw LogError(.authority, "block line \(index) is signed by \(line.author), which is no validator's key")
    }
    let root = validators.validators.count > 1 ? root() : MerkleHash.empty
    defer { advance(block, leaf, index, root) }
    try require(block.chain == genesis.origin, index, "chain", block.chain, genesis.origin)
    try require(block.height == height + 1, index, "height", block.height, height + 1)
    try require(block.time >= time, index, "time", block.time, "\(time) or later")
    try require(block.previous == previous, index, "previous", block.previous, previous)
    try require(block.first == firstOfBlock, index, "first", block.first, firstOfBlock)
    try require(
      block.validators == validators.digest, index, "validators", block.validators, validators.digest)
    try require(block.state.height == stateHeight, index, "state.height", block.state.height, stateHeight)
    if let stateDigest {
      try require(block.state.digest == stateDigest, index, "state.digest", block.state.digest, stateDigest)
    }
    return (validator.vote, try precommits(block))
  }

  private func precommits(_ block: BlockLine) throws(LogError) -> [SignedBy] {
    guard height > 0, deciders.validators.count > 1 else {
      guard block.precommits.isEmpty else {
        throw LogError(.certificate, "block \(block.height) carries precommits where no vote was taken")
      }
      return []
    }
    let certificate = try Certificate(
      block.precommits, chain: genesis.origin, height: height, root: previousRoot, validators: deciders)
    return certificate.votes.map { vote in
      SignedBy(line: vote.line, key: deciders.validator(voting: vote.author)!.vote)
    }
  }

  private func require(
    _ holds: Bool, _ index: Int, _ field: String, _ actual: some CustomStringConvertible,
    _ expected: some CustomStringConvertible
  ) throws(LogError) {
    guard holds else {
      throw LogError(.block, "block line \(index) has \"\(field)\" \(actual) instead of \(expected)")
    }
  }

  /// Goes on from the block as it stands, so that one wrong line is one finding.
  private mutating func advance(_ block: BlockLine, _ leaf: Digest, _ index: Int, _ root: Digest) {
    previousRoot = root
    (stateHeight, stateDigest) = (block.state.height, block.state.digest)
    deciders = governance.validators
    let interval = governance.parameters.stateInterval
    if (index + 1) / interval > firstOfBlock / interval { (stateHeight, stateDigest) = (block.height, nil) }
    (height, time, previous, firstOfBlock) = (block.height, max(time, block.time), leaf, index + 1)
    governance.endBlock(size: index + 1, time: block.time)
  }
}
