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
}

extension TilePath {
  /// The highest tile level: 256^8 leaves are more than an index can count.
  static let highestLevel = 7

  /// The path that `text` writes; nil where it is none, or not in the one form that ``description`` gives.
  public init?(_ text: String) {
    var parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }[
      ...]
    guard parts.popFirst() == "tile", let kind = parts.popFirst() else { return nil }
    var width = Self.fullWidth
    if parts.count >= 2, let name = parts.dropLast().last, name.hasSuffix(".p") {
      guard let number = Int(parts.removeLast()), (1..<Self.fullWidth).contains(number) else { return nil }
      width = number
      parts[parts.endIndex - 1] = name.dropLast(2)
    }
    var index = 0
    for part in parts {
      guard let group = Int(part.drop { $0 == "x" }), (0..<1000).contains(group), index <= Int.max / 1000 - 1 else {
        return nil
      }
      index = index * 1000 + group
    }
    // What a tile holds is counted from its first element to behind its last.
    guard index <= (Int.max - width) / Self.fullWidth else { return nil }
    if kind == "entries" {
      self.init(.entries, index: index, width: width)
    } else {
      guard let level = Int(kind), (0...Self.highestLevel).contains(level) else { return nil }
      self.init(.hashes(level: level), index: index, width: width)
    }
    guard description.isSame(as: text) else { return nil }
  }

  /// Whether a tree of `size` leaves has this tile.
  public func isPart(of size: Int) -> Bool {
    let count: Int =
      switch content {
      case .entries: size
      case .hashes(let level): size >> (Self.height * level)
      }
    return width == Self.fullWidth
      ? index < count / Self.fullWidth : index == count / Self.fullWidth && width == count % Self.fullWidth
  }

  /// All tiles of a tree of `size` leaves: entry bundles first, then hashes level by level.
  public static func all(size: Int) -> some Sequence<TilePath> {
    let hashes = (0...highestLevel).lazy.map { (Content.hashes(level: $0), size >> (height * $0)) }
    return ([(Content.entries, size)] + hashes).lazy.flatMap { content, count in
      (0..<(count / fullWidth + (count % fullWidth == 0 ? 0 : 1))).lazy.map { index in
        TilePath(content, index: index, width: index < count / fullWidth ? fullWidth : count % fullWidth)
      }
    }
  }
}
