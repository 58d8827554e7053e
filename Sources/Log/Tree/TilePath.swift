/// Where a tile stands below a log's address (C2SP tlog-tiles).
public struct TilePath: Hashable, Sendable, CustomStringConvertible {
  /// Hashes or entries of a full tile.
  public static let fullWidth = 256
  /// Levels of the tree that one tile level spans.
  public static let height = 8

  /// What the tile holds.
  public enum Content: Hashable, Sendable {
    /// Hashes at tile level 0, 1, 2 …
    case hashes(level: Int)
    /// Entries, each behind its length.
    case entries
  }

  /// What the tile holds.
  public let content: Content
  /// Its number within its level.
  public let index: Int
  /// How many hashes or entries it has, 1 … 256.
  public let width: Int

  /// The tile `index` of `content`.
  public init(_ content: Content, index: Int, width: Int = fullWidth) {
    precondition(index >= 0 && (1...Self.fullWidth).contains(width), "no tile has \(width) elements")
    (self.content, self.index, self.width) = (content, index, width)
  }

  /// "tile/0/x001/x234/067" or "tile/entries/003.p/17".
  public var description: String {
    let level =
      switch content {
      case .hashes(let level): String(level)
      case .entries: "entries"
      }
    let suffix = width == Self.fullWidth ? "" : ".p/\(width)"
    return "tile/\(level)/\(Self.groups(index))\(suffix)"
  }

  /// Three digits a group, all groups but the last behind an `x`.
  private static func groups(_ index: Int) -> String {
    let last = String(String(index % 1000 + 1000).dropFirst())
    return index < 1000 ? last : prefixed(index / 1000) + last
  }

  private static func prefixed(_ index: Int) -> String {
    let rest = index < 1000 ? "" : prefixed(index / 1000)
    return rest + "x" + String(String(index % 1000 + 1000).dropFirst()) + "/"
  }

  /// All tiles of a tree of `size` leaves: entry bundles first, then hashes level by level.
  public static func all(size: Int) -> [TilePath] {
    var paths = tiles(.entries, count: size)
    var (level, count) = (0, size)
    while count > 0 {
      paths += tiles(.hashes(level: level), count: count)
      (level, count) = (level + 1, count / fullWidth)
    }
    return paths
  }

  /// The tiles that `count` elements of `content` fill.
  public static func tiles(_ content: Content, count: Int) -> [TilePath] {
    var paths = (0..<count / fullWidth).map { TilePath(content, index: $0) }
    let rest = count % fullWidth
    if rest > 0 { paths.append(TilePath(content, index: count / fullWidth, width: rest)) }
    return paths
  }
}
