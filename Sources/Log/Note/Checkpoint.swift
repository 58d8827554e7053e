import Cryptography
import Encoding

/// The size and root of a log's tree (C2SP tlog-checkpoint): three lines, no extension lines.
public struct Checkpoint: Hashable, Sendable {
  /// The log.
  public let origin: String
  /// How many leaves the tree has.
  public let size: Int
  /// The tree's root.
  public let root: Digest

  /// The tree of `size` leaves and `root` of the log `origin`.
  public init(origin: String, size: Int, root: Digest) {
    (self.origin, self.size, self.root) = (origin, size, root)
  }

  /// Reads the text of a checkpoint.
  public init(text: String) throws(LogError) {
    guard let lines = text[...].endedLines, lines.count == 3, !lines[0].isEmpty, let size = Int(canonical: lines[1]),
      let root = Base64.standard.decode(lines[2]).flatMap({ Digest($0) })
    else { throw LogError(.checkpoint, "the checkpoint is not the three lines origin, size and root") }
    self.init(origin: String(lines[0]), size: size, root: root)
  }

  /// The text that is signed.
  public var text: String { "\(origin)\n\(size)\n\(root.base64)\n" }

  /// Refuses the checkpoint of another log.
  public func require(_ origin: String) throws(LogError) {
    guard self.origin.isSame(as: origin) else {
      throw LogError(.wrongChain, "the checkpoint is of \(quoted(self.origin)), not of \(quoted(origin))")
    }
  }
}
