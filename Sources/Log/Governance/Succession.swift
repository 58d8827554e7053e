import Cryptography

/// Who decides a log, followed from leaf to leaf: each set of validators is believed on the word of those who decided before.
///
/// A single validator's word is its signature on a block's line; that of several is the precommits in the line behind it. It is
/// asked for where the set changes, and often enough that nobody else can have long stretches of leaves followed. What governs
/// must besides be signed by whom the rules ask. Whether the last block is decided, a checkpoint says: ``require(_:)``.
public struct Succession: Sendable {
  /// After so many leaves at the latest those who decide are asked for their word.
  public static let longestSilence = 4096

  /// A leaf, hashed and taken apart: all that needs no order.
  public struct Leaf: Sendable {
    /// Its bytes.
    public let bytes: [UInt8]
    /// Its hash.
    public let hash: Digest
    fileprivate let content: Result<Content, LogError>

    /// Takes the leaf of `bytes` apart.
    public init(_ bytes: [UInt8]) {
      (self.bytes, hash) = (bytes, MerkleHash.leaf(bytes))
      content = Result { () throws(LogError) in try Content(bytes) }
    }
  }

  fileprivate enum Content: Sendable {
    case entry(Entry, [GovernanceEvent])
    case block(SignedLine, BlockLine)

    init(_ bytes: [UInt8]) throws(LogError) {
      let line = try SignedLine(bytes)
      guard line.kind != .block else {
        self = .block(line, try BlockLine(line))
        return
      }
      let entry = try Entry(line)
      var events: [GovernanceEvent] = []
      for event in entry.events {
        if let event = try GovernanceEvent(event) { events.append(event) }
      }
      self = .entry(entry, events)
    }
  }

  /// Who may speak and who decides after the last leaf.
  public private(set) var governance: Governance
  /// The tree of all leaves.
  public private(set) var tiles: TreeTiles
  /// How many leaves end with a block that several validators have vouched for, and the root of their tree; none yet where nil.
  public private(set) var vouched: (size: Int, root: Digest)?
  private var previous: Digest
  private var first: Int
  private var root: Digest
  private var deciders: ValidatorSet
  private var silentSince: Int

  /// The beginning of the log of `genesis`: its first leaf.
  public init(_ genesis: Genesis) {
    var tiles = TreeTiles()
    tiles.append(genesis.leafHash) { _ in }
    self.init(governance: Governance(genesis), tiles: tiles, previous: genesis.leafHash)
  }

  /// The succession behind a block whose line has the hash `previous`, of a log that was followed that far.
  public init(governance: Governance, tiles: TreeTiles, previous: Digest) {
    (self.governance, self.tiles, self.previous) = (governance, tiles, previous)
    (first, silentSince, root) = (tiles.size, tiles.size, tiles.root)
    deciders = governance.terms.validators(at: governance.height - 1)
  }

  /// How many leaves were followed.
  public var size: Int { tiles.size }

  /// Follows the next leaf; `full` is told of each tile that it completes.
  public mutating func append(_ leaf: Leaf, full: (TreeTiles.FullTile) -> Void = { _ in }) throws(LogError) {
    switch try leaf.content.get() {
    case .entry(let entry, let events):
      try take(entry, events)
      tiles.append(leaf.hash, full: full)
    case .block(let line, let block):
      try close(line, block)
      tiles.append(leaf.hash, full: full)
      try endBlock(line, block, leaf.hash)
    }
  }

  private mutating func take(_ entry: Entry, _ events: [GovernanceEvent]) throws(LogError) {
    guard entry.chain == governance.origin else {
      throw LogError(.wrongChain, "entry \(size) was signed for \(entry.chain)")
    }
    guard size - silentSince < 2 * Self.longestSilence else {
      throw LogError(.certificate, "nobody vouches for the entries from \(silentSince) to \(size)")
    }
    let holder = try governance.keys.signer(of: entry, at: size)
    if !events.isEmpty {
      guard entry.line.isSigned(by: holder.grant.key) else {
        throw LogError(.signature, "entry \(size) does not bear the signature of key \(entry.author)")
      }
      for event in events { try governance.apply(event, by: entry.author, at: size) }
    }
    governance.count(entry.author, sequence: entry.sequence)
  }

  /// Checks that `line` is the one that follows, and what it carries of the block before.
  private func requireNext(_ line: SignedLine, _ block: BlockLine) throws(LogError) {
    guard block.chain == governance.origin, block.height == governance.height, block.previous == previous,
      block.first == first, block.time >= governance.time
    else { throw LogError(.block, "line \(size) does not follow the line of block \(governance.height - 1)") }
    guard block.validators == governance.validators.digest,
      governance.validators.validator(voting: line.author) != nil
    else { throw LogError(.authority, "line \(size) is not of those who decide block \(governance.height)") }
  }

  private mutating func close(_ line: SignedLine, _ block: BlockLine) throws(LogError) {
    try requireNext(line, block)
    guard governance.height > 1, deciders.validators.count > 1 else { return }
    let certificate = try Certificate(
      block.precommits, chain: governance.origin, height: governance.height - 1, root: root, validators: deciders)
    guard deciders != governance.validators || isSilent else { return }
    for vote in certificate.votes {
      try Self.require(vote.line, deciders, "a precommit in line \(size)")
    }
    (vouched, silentSince) = ((first, root), first)
  }

  private mutating func endBlock(_ line: SignedLine, _ block: BlockLine, _ hash: Digest) throws(LogError) {
    deciders = governance.validators
    governance.endBlock(size: size, time: block.time)
    if deciders.validators.count == 1, deciders != governance.validators || isSilent {
      try Self.require(line, deciders, "line \(size - 1)")
      silentSince = size
    }
    (previous, first, root) = (hash, size, tiles.root)
  }

  private var isSilent: Bool { size - silentSince >= Self.longestSilence }

  private static func require(_ line: SignedLine, _ validators: ValidatorSet, _ what: String) throws(LogError) {
    guard let key = validators.validator(voting: line.author)?.vote, line.isSigned(by: key) else {
      throw LogError(.signature, "\(what) does not bear the signature of key \(line.author)")
    }
  }

  /// Refuses a checkpoint that is not of all leaves that were followed, or that no quorum of those who decide there has cosigned.
  public func require(_ checkpoint: CosignedCheckpoint) throws(LogError) {
    try checkpoint.checkpoint.require(governance.origin)
    guard checkpoint.checkpoint.size == size, first == size, checkpoint.checkpoint.root == root else {
      throw LogError(
        .checkpoint, "the entries do not hash to the cosigned root of \(checkpoint.checkpoint.size) leaves")
    }
    try governance.terms.requireQuorum(on: checkpoint)
  }
}
