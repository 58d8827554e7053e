import Cryptography
import Log
import Replica

/// Watches all honest validators at once, as nobody in the world can.
struct Checker {
  private(set) var violations: [String] = []
  private var decided: [Int: Digest] = [:]
  private var finalRoots: [Int: Digest] = [:]
  private var lines: [Int: [UInt8]] = [:]
  /// How many leaves of the log have a receipt.
  private(set) var receipted = 1

  mutating func violated(_ sentence: String) {
    if violations.count < 10 { violations.append(sentence) }
  }

  /// An honest validator has decided a block.
  mutating func decide(_ block: SealedBlock, root: Digest, by name: String, wrong: Set<[UInt8]>) {
    if let other = decided[block.height], other != root {
      violated("fork: \(name) decides \(root) at height \(block.height), others \(other)")
    }
    decided[block.height] = root
    for (offset, entry) in block.entries.enumerated() {
      if wrong.contains(entry.line) { violated("\(name) decides a block with an entry that may not happen") }
      keep(entry.line, at: block.first + offset, name)
    }
  }

  private mutating func keep(_ line: [UInt8], at index: Int, _ name: String) {
    if let other = lines[index], other != line { violated("lost: entry \(index) is another at \(name)") }
    lines[index] = line
  }

  /// An honest validator gives receipts up to the size of a checkpoint.
  mutating func publish(_ checkpoint: Checkpoint, by name: String) {
    if let other = finalRoots[checkpoint.size], other != checkpoint.root {
      violated("fork: \(name) publishes another tree of size \(checkpoint.size)")
    }
    finalRoots[checkpoint.size] = checkpoint.root
    receipted = max(receipted, checkpoint.size)
  }
}
