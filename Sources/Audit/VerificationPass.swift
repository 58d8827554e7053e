import Cryptography
import Log
import Storage

/// One walk over all leaves of a log.
struct VerificationPass {
  private enum Line: Sendable {
    case genesis
    case entry(Entry)
    case block(SignedLine)
    case unreadable(LogError)
  }

  private struct Claim: Sendable {
    var index: Int
    var line: SignedLine
    var key: PublicKey
  }

  private let genesis: Genesis
  private let source: any LogSource
  private let withSignatures: Bool
  private var chain: ChainCheck
  private var tiles = TreeTiles()
  var report: AuditReport

  init(_ genesis: Genesis, source: any LogSource, withSignatures: Bool, report: AuditReport) {
    (self.genesis, self.source, self.withSignatures, self.report) = (genesis, source, withSignatures, report)
    chain = ChainCheck(genesis)
  }

  /// Checks the leaves that begin at index `first`, the next not yet checked.
  mutating func check(_ leaves: [[UInt8]], at first: Int) {
    let read = concurrently(Array(leaves.enumerated())) { offset, leaf in
      (leaf: MerkleHash.leaf(leaf), line: Self.read(leaf, at: first + offset))
    }
    var claims: [Claim] = []
    for (offset, leaf) in read.enumerated() {
      append(leaf.leaf)
      do throws(LogError) {
        if let claim = try follow(leaf.line, leaf.leaf, leaves[offset], at: first + offset) { claims.append(claim) }
      } catch {
        report.add(Finding(error, index: first + offset, place: Self.bundle(first + offset)))
      }
    }
    report.read += leaves.count
    if withSignatures { verify(claims) }
  }

  private static func read(_ leaf: [UInt8], at index: Int) -> Line {
    if index == 0 { return .genesis }
    do throws(LogError) {
      let line = try SignedLine(leaf)
      return line.kind == .block ? .block(line) : .entry(try Entry(line))
    } catch {
      return .unreadable(error)
    }
  }

  private mutating func follow(
    _ line: Line, _ leaf: Digest, _ bytes: [UInt8], at index: Int
  ) throws(LogError) -> Claim? {
    switch line {
    case .genesis:
      guard bytes == genesis.bytes else { throw LogError(.genesis, "leaf 0 is not the genesis document") }
      return nil
    case .entry(let entry):
      report.entries += 1
      return Claim(index: index, line: entry.line, key: try chain.entry(entry, at: index))
    case .block(let line):
      report.blocks += 1
      return Claim(index: index, line: line, key: try chain.block(line, leaf: leaf, at: index))
    case .unreadable(let error): throw error
    }
  }

  private mutating func verify(_ claims: [Claim]) {
    let valid = concurrently(claims) { $0.line.isSigned(by: $0.key) }
    report.signatures += claims.count
    for (claim, isValid) in zip(claims, valid) where !isValid {
      report.add(
        Finding(
          LogError(.signature, "line \(claim.index) does not bear the signature of key \(claim.key.id)"),
          index: claim.index, place: Self.bundle(claim.index)))
    }
  }

  private static func bundle(_ index: Int) -> String {
    "tile/entries bundle \(index / TilePath.fullWidth)"
  }

  private mutating func append(_ leaf: Digest) {
    var full: [TreeTiles.FullTile] = []
    tiles.append(leaf) { full.append($0) }
    for tile in full { compare(level: tile.level, index: tile.index, tile.hashes) }
  }

  private mutating func compare(level: Int, index: Int, _ hashes: [Digest]) {
    let path = TilePath(.hashes(level: level), index: index, width: hashes.count)
    do throws(StorageError) {
      let stored = try source.hashes(level: level, index: index, width: hashes.count)
      guard let position = hashes.indices.first(where: { hashes[$0] != stored[$0] }) else { return }
      let leaf = (index * TilePath.fullWidth + position) << (TilePath.height * level)
      report.add(
        Finding(
          "tile_differs", index: leaf, place: path.description, expected: hashes[position].hex,
          actual: stored[position].hex,
          "\(path) and the entries do not hash alike, first at its hash \(position), over the entries from \(leaf) on"))
    } catch {
      report.add(Finding(error, place: path.description))
    }
  }

  /// Compares what is left when all leaves are read: partial tiles, the last block, the root.
  mutating func finish(_ checkpoint: Checkpoint) -> AuditReport {
    var (level, count) = (0, tiles.size)
    while count > 0 {
      let partial = tiles.partial(level: level)
      if !partial.isEmpty { compare(level: level, index: count / TilePath.fullWidth, partial) }
      (level, count) = (level + 1, count / TilePath.fullWidth)
    }
    report.root = tiles.root
    if tiles.root != checkpoint.root {
      report.add(
        Finding(
          "root_differs", place: "checkpoint", expected: checkpoint.root.hex, actual: tiles.root.hex,
          "the entries do not hash to the root that the validators have cosigned"))
    }
    if !chain.endsBlock(at: tiles.size) {
      report.add(Finding("block_unfinished", index: tiles.size - 1, "the checkpoint does not end a block"))
    }
    return report
  }
}
