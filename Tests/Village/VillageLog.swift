import Community
import Cryptography
import Log
import Quantities

/// A log of the village, made block by block.
public struct VillageLog: Sendable {
  /// The community on its log.
  public private(set) var ledger: Ledger
  /// All blocks.
  public private(set) var blocks: [SealedBlock] = []
  private var sequences: [String: Int] = [:]

  /// The log of ``Village/genesis(stateInterval:)``.
  public init(stateInterval: Int = 16) throws {
    ledger = Ledger(try Village.genesis(stateInterval: stateInterval))
  }

  /// A log in which `count` participants have joined, three entries a block.
  public init(participants count: Int, stateInterval: Int = 16) throws {
    try self.init(stateInterval: stateInterval)
    for number in 0..<count {
      try say("operator", [#"{"type":"participant.joined","participant":"p\#(number)"}"#])
      if number % 3 == 2 || number == count - 1 { try seal() }
    }
  }

  /// The genesis.
  public var genesis: Genesis { ledger.community.genesis }

  /// All leaves up to the last block.
  public var leaves: [[UInt8]] {
    [genesis.bytes] + blocks.flatMap { $0.entries.map(\.line) + [$0.line] }
  }

  /// Appends an entry of `author`; answers its line.
  @discardableResult
  public mutating func say(_ author: String, _ events: [String]) throws -> SignedLine {
    sequences[author, default: 0] += 1
    let line = try Village.line(author, sequence: sequences[author]!, events)
    _ = try ledger.append(EntryFacts(line: line), leaf: MerkleHash.leaf(line.bytes), time: ledger.time)
    return line
  }

  /// Closes the block, a second after the one before.
  @discardableResult
  public mutating func seal() throws -> SealedBlock {
    let block = try ledger.seal(
      at: ledger.time.advanced(byMilliseconds: 1000), vote: Village.key("validator"),
      cosigners: [("village", Village.key("cosigner"))])
    blocks.append(block)
    return block
  }
}
