import Community
import Cryptography
import Encoding
import Log
import Storage

/// Rebuilds a ledger from a log: the whole of it, or from the newest snapshot on.
public enum Replay {
  /// Follows the log of `source` from its genesis up to `size` leaves, which must end a block.
  ///
  /// - Parameters:
  ///   - observer: is told of each event before it changes the state.
  ///   - onBlock: is given the ledger at the end of each block.
  public static func all(
    _ source: some LogSource, size: Int? = nil, observer: Community.Observer? = nil,
    onBlock: (Ledger) -> Void = { _ in }
  ) throws(NodeError) -> Ledger {
    var ledger = Ledger(try readGenesis(source))
    let end = if let size { size } else { try end(source) }
    try follow(source, to: end, &ledger, observer, onBlock)
    return ledger
  }

  /// The ledger at the end of the block that holds leaf `index`, or at the end of the log.
  public static func ledger(
    of source: some LogSource, at index: Int? = nil, observer: Community.Observer? = nil
  ) throws(NodeError) -> Ledger {
    guard let index else { return try all(source, observer: observer) }
    let size = try end(source)
    guard (0..<size).contains(index) else {
      throw .storage(.noEntry("the log has entries 0 to \(size - 1), so there is no entry \(index)"))
    }
    var ledger = Ledger(try readGenesis(source))
    try follow(source, to: size, &ledger, observer, until: { $0.size > index }) { _ in }
    return ledger
  }

  /// The ledger after the last block of `store`, final or only decided, from the newest snapshot that its log vouches for.
  public static func newest(_ store: LogStore) throws(NodeError) -> Ledger {
    var ledger = try newestSnapshot(store, before: .max)
    let end = try asNode { () throws(StorageError) in try store.lastBlock().lineIndex + 1 }
    try follow(store, to: end, &ledger, nil) { _ in }
    return ledger
  }

  /// The ledger at the newest snapshot of `store` at or before `size` leaves that its log vouches for, or at its genesis.
  static func newestSnapshot(_ store: LogStore, before size: Int) throws(NodeError) -> Ledger {
    let genesis = try readGenesis(store)
    return try fromSnapshot(store, genesis, before: size) ?? Ledger(genesis)
  }

  static func readGenesis(_ source: some LogSource) throws(NodeError) -> Genesis {
    let bytes = try asNode { () throws(StorageError) in try source.genesis() }
    do {
      return try Genesis(bytes)
    } catch {
      throw .refused(.log(error))
    }
  }

  static func end(_ source: some LogSource) throws(NodeError) -> Int {
    try asNode { () throws(StorageError) in
      try source.checkpoint() == nil ? 1 : try source.publishedCheckpoint().checkpoint.size
    }
  }

  private static func follow(
    _ source: some LogSource, to size: Int, _ ledger: inout Ledger, _ observer: Community.Observer?,
    until isFarEnough: (Ledger) -> Bool = { _ in false }, _ onBlock: (Ledger) -> Void
  ) throws(NodeError) {
    guard ledger.size < size, !isFarEnough(ledger) else { return }
    var blocks = LogBlocks(from: ledger.size)
    var entries: [ReadEntry] = []
    var leaves = ReadAhead(source, ledger.size..<size) { Leaf($1) }
    while let (first, read) = try asNode({ () throws(StorageError) in try leaves.next() }) {
      for (offset, leaf) in read.enumerated() {
        if let entry = leaf.entry { entries.append(entry) }
        guard let block = try close(leaf.line, first + offset, &blocks) else { continue }
        do {
          try ledger.follow(block, read: entries, observer: observer)
        } catch {
          throw .replay(error)
        }
        entries.removeAll(keepingCapacity: true)
        onBlock(ledger)
        if isFarEnough(ledger) { return }
      }
    }
  }

  /// A leaf, taken apart; an entry's events are read too.
  private struct Leaf: Sendable {
    let line: Result<SignedLine, LogError>
    let entry: ReadEntry?

    init(_ bytes: [UInt8]) {
      line = Result { () throws(LogError) in try SignedLine(bytes) }
      entry = (try? line.get()).flatMap { $0.kind == .block ? nil : ReadEntry($0) }
    }
  }

  private static func close(
    _ line: Result<SignedLine, LogError>, _ index: Int, _ blocks: inout LogBlocks
  ) throws(NodeError) -> LogBlock? {
    do {
      return try blocks.append(line.get())
    } catch {
      throw .replay(ReplayError(index: index, unreadable: error))
    }
  }

  /// Takes a leaf apart; answers the block that it closes, if it closes one.
  static func read(_ leaf: [UInt8], _ index: Int, _ blocks: inout LogBlocks) throws(NodeError) -> LogBlock? {
    try close(Result { () throws(LogError) in try SignedLine(leaf) }, index, &blocks)
  }

  /// The ledger at the newest snapshot whose state has the digest that the next block line says; others are passed over.
  private static func fromSnapshot(
    _ store: LogStore, _ genesis: Genesis, before size: Int
  ) throws(NodeError) -> Ledger? {
    for snapshot in try asNode({ () throws(StorageError) in try store.snapshots() }) {
      guard try asNode({ () throws(StorageError) in try isVouchedFor(snapshot, store) }),
        let community = try? Community(snapshot: snapshot.state, genesis: genesis),
        StateSnapshot(community).digest == snapshot.digest
      else { continue }
      let found = try asNode { () throws(StorageError) in try ledger(at: snapshot, community, store) }
      if found.size <= size { return found }
    }
    return nil
  }

  /// Whether the log itself says what the snapshot says of its digest. The newest block has no line behind it that could.
  private static func isVouchedFor(_ snapshot: SealedBlock.Snapshot, _ store: LogStore) throws(StorageError) -> Bool {
    guard let index = try store.lineIndex(height: snapshot.height + 1),
      let leaf = try store.leaves(index..<(index + 1)).first, let line = try? BlockLine(SignedLine(leaf))
    else { return false }
    return line.state == BlockLine.StateDigest(height: snapshot.height, digest: snapshot.digest)
  }

  private static func ledger(
    at snapshot: SealedBlock.Snapshot, _ community: Community, _ store: LogStore
  ) throws(StorageError) -> Ledger {
    guard let index = try store.lineIndex(height: snapshot.height),
      let leaf = try store.leaves(index..<(index + 1)).first, let line = try? BlockLine(SignedLine(leaf))
    else { throw .damaged("the block of the snapshot at height \(snapshot.height) cannot be read") }
    let tiles = try TreeTiles(size: index + 1) { (level, index, width) throws(StorageError) in
      try store.hashes(level: level, index: index, width: width)
    }
    return Ledger(
      community: community, tiles: tiles, line: line, leaf: MerkleHash.leaf(leaf),
      state: BlockLine.StateDigest(height: snapshot.height, digest: snapshot.digest))
  }
}

func asNode<Value>(_ body: () throws(StorageError) -> Value) throws(NodeError) -> Value {
  do {
    return try body()
  } catch {
    throw .storage(error)
  }
}
