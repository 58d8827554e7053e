/// Up to 256 entries, each behind its length as a big-endian `uint16` (C2SP tlog-tiles).
public enum EntryBundle {
  /// The bundle of `entries`.
  public static func encode(_ entries: some Sequence<[UInt8]>) -> [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
      precondition(entry.count <= SignedLine.maximumLength, "an entry is longer than its length field can say")
      bytes.append(UInt8(entry.count >> 8))
      bytes.append(UInt8(entry.count & 0xFF))
      bytes.append(contentsOf: entry)
    }
    return bytes
  }

  /// The `count` entries of a bundle.
  public static func decode(_ bytes: [UInt8], count: Int) throws(LogError) -> [[UInt8]] {
    var entries: [[UInt8]] = []
    entries.reserveCapacity(count)
    var cursor = 0
    while cursor < bytes.count {
      guard cursor + 2 <= bytes.count else { throw LogError(.tile, "the bundle ends inside a length") }
      let end = cursor + 2 + (Int(bytes[cursor]) << 8 | Int(bytes[cursor + 1]))
      guard end <= bytes.count else { throw LogError(.tile, "the bundle ends inside its entry \(entries.count)") }
      entries.append(Array(bytes[(cursor + 2)..<end]))
      cursor = end
    }
    guard entries.count == count else {
      throw LogError(.tile, "the bundle has \(entries.count) entries instead of \(count)")
    }
    return entries
  }
}
