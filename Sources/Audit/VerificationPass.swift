import Cryptography
import Encoding
import Log
import Storage

/// One walk over all leaves of a log.
///
/// Three things go on at once: the next lines are read and taken apart, these are followed in their order, and the
/// signatures of those before are verified.
struct VerificationPass {
  /// A leaf, hashed and taken apart: all that needs no order. An object, so that handing it on copies nothing.
  final class Line: Sendable {
    enum Content: Sendable {
      case genesis([UInt8])
      case entry(Entry)
      case block(SignedLine)
      case unreadable(LogError)
    }

    let leaf: Digest
    let content: Content

    init(_ bytes: [UInt8], at index: Int) {
      leaf = MerkleHash.leaf(bytes)
      content = index == 0 ? .genesis(bytes) : Self.read(bytes)
    }

    /// Whether `key` signed the line; nobody signed the genesis.
    func isSigned(by key: PublicKey) -> Bool {
      switch content {
      case .entry(let entry): entry.line.isSigned(by: key)
      case .block(let line): line.isSigned(by: key)
      case .genesis, .unreadable: false
      }
    }

    private static func read(_ bytes: [UInt8]) -> Content {
      do throws(LogError) {
        let line = try SignedLine(bytes)
        return line.kind == .block ? .block(line) : .entry(try Entry(line))
      } catch {
        return .unreadable(error)
      }
    }
  }

  private struct Claim: Sendable {
    var index: Int
    var line: Line
    var key: PublicKey
    /// The precommits that a block line carries.
    var votes: [ChainCheck.SignedBy] = []

    /// The key whose signature does not verify, if there is one.
    var unsigned: PublicKey? {
      line.isSigned(by: key) ? votes.first { !$0.line.isSigned(by: $0.key) }?.key : key
    }
  }

  private let genesis: Genesis
  private let source: any LogSource
  private let withSignatures: Bool
  private var chain: ChainCheck
  private var tiles = TreeTiles()
  private(set) var report: AuditReport
  /// What was found since the signatures before it were left to other threads.
  private var found: [Finding] = []
  private var verifying: Meanwhile<[Finding]>?

  init(_ genesis: Genesis, source: any LogSource, withSignatures: Bool, report: AuditReport) {
    (self.genesis, self.source, self.withSignatures, self.report) = (genesis, source, withSignatures, report)
    chain = ChainCheck(genesis)
  }

  /// Checks the lines that begin at index `first`, the next not yet checked.
  mutating func check(_ lines: [Line], at first: Int) {
    var claims: [Claim] = []
    for (offset, line) in lines.enumerated() {
      append(line.leaf)
      do throws(LogError) {
        if let claim = try follow(line, at: first + offset) { claims.append(claim) }
      } catch {
        found.append(Finding(error, index: first + offset, place: Self.bundle(first + offset)))
      }
    }
    report.read += lines.count
    settle()
    if withSignatures { verify(claims) }
  }

  private mutating func follow(_ line: Line, at index: Int) throws(LogError) -> Claim? {
    switch line.content {
    case .genesis(let bytes):
      guard bytes == genesis.bytes else { throw LogError(.genesis, "leaf 0 is not the genesis document") }
      return nil
    case .entry(let entry):
      report.entries += 1
      return Claim(index: index, line: line, key: try chain.entry(entry, at: index))
    case .block(let block):
      report.blocks += 1
      let (key, votes) = try chain.block(block, leaf: line.leaf, at: index, root: tiles.root)
      return Claim(index: index, line: line, key: key, votes: votes)
    case .unreadable(let error): throw error
    }
  }

  private mutating func verify(_ claims: [Claim]) {
    report.signatures += claims.reduce(0) { $0 + 1 + $1.votes.count }
    verifying = Meanwhile {
      let unsigned = concurrently(claims, stride: 16) { $1.unsigned }
      return zip(claims, unsigned).compactMap { claim, key in
        guard let key else { return nil }
        let what = key == claim.key ? "line \(claim.index)" : "a precommit in line \(claim.index)"
        return Finding(
          LogError(.signature, "\(what) does not bear the signature of key \(key.id)"), index: claim.index,
          place: Self.bundle(claim.index))
      }
    }
  }

  /// Reports what was found, in the order of the lines: first what other threads found in those before.
  private mutating func settle() {
    for finding in (verifying?.wait() ?? []) + found { report.add(finding) }
    (verifying, found) = (nil, [])
  }

  /// The report of a walk that cannot go on.
  mutating func stop(_ finding: Finding) -> AuditReport {
    settle()
    report.add(finding)
    return report
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
      found.append(
        Finding(
          "tile_differs", index: leaf, place: path.description, expected: hashes[position].hex,
          actual: stored[position].hex,
          "\(path) and the entries do not hash alike, first at its hash \(position), over the entries from \(leaf) on"))
    } catch {
      found.append(Finding(error, place: path.description))
    }
  }

  /// Compares what is left when all leaves are read: partial tiles, the last block, the root.
  mutating func finish(_ cosigned: CosignedCheckpoint) -> AuditReport {
    let checkpoint = cosigned.checkpoint
    var (level, count) = (0, tiles.size)
    while count > 0 {
      let partial = tiles.partial(level: level)
      if !partial.isEmpty { compare(level: level, index: count / TilePath.fullWidth, partial) }
      (level, count) = (level + 1, count / TilePath.fullWidth)
    }
    report.root = tiles.root
    if tiles.root != checkpoint.root {
      found.append(
        Finding(
          "root_differs", place: "checkpoint", expected: checkpoint.root.hex, actual: tiles.root.hex,
          "the entries do not hash to the root that the validators have cosigned"))
    }
    if !chain.endsBlock(at: tiles.size) {
      found.append(Finding("block_unfinished", index: tiles.size - 1, "the checkpoint does not end a block"))
    }
    judge(cosigned)
    settle()
    return report
  }

  /// Whether those who decide at the log's end have cosigned it, and who of all that ever did is guilty.
  private mutating func judge(_ cosigned: CosignedCheckpoint) {
    let governance = chain.governance
    report.terms = governance.terms
    do throws(LogError) {
      let validators = governance.terms.validators(ofTree: cosigned.checkpoint.size)
      report.cosigners = try cosigned.verify(validators.validators.map(\.cosign)).map(\.name).sorted()
      try validators.requireQuorum(on: cosigned)
    } catch {
      found.append(Finding(error, place: "checkpoint"))
    }
    for guilt in governance.guilty {
      let name = governance.terms.validator(voting: guilt.key)?.name ?? ""
      report.notices.append(
        Finding(
          "validator_guilty", index: guilt.index,
          "\(quoted(name)) has signed two contradicting votes or proposals at height \(guilt.height) with key \(guilt.key)"
        ))
    }
  }
}
