/// Which prices of a ladder hold orders: a tree of bits, 64 to a word, so that the next occupied price is a few steps away.
struct Occupancy {
  /// `levels[0]` has a bit for each price, `levels[n + 1]` one for each word of `levels[n]` that is not zero.
  private var levels: [[UInt64]] = []

  init(count: Int) {
    var words = count
    repeat {
      words = (words + 63) / 64
      levels.append(Array(repeating: 0, count: words))
    } while words > 1
  }

  mutating func insert(_ position: Int) {
    var position = position
    for level in levels.indices {
      let before = levels[level][position >> 6]
      levels[level][position >> 6] = before | 1 << UInt64(position & 63)
      if before != 0 { return }
      position >>= 6
    }
  }

  mutating func remove(_ position: Int) {
    var position = position
    for level in levels.indices {
      levels[level][position >> 6] &= ~(1 << UInt64(position & 63))
      if levels[level][position >> 6] != 0 { return }
      position >>= 6
    }
  }

  /// The lowest occupied position that is at least `position`.
  func first(from position: Int) -> Int? {
    var position = position
    for level in levels.indices {
      guard position >> 6 < levels[level].count else { return nil }
      let rest = levels[level][position >> 6] >> UInt64(position & 63)
      if rest != 0 { return descend(position + rest.trailingZeroBitCount, from: level) { $0.trailingZeroBitCount } }
      position = (position >> 6) + 1
    }
    return nil
  }

  /// The highest occupied position that is at most `position`.
  func last(upTo position: Int) -> Int? {
    var position = position
    for level in levels.indices {
      guard position >= 0 else { return nil }
      let rest = levels[level][position >> 6] << UInt64(63 - position & 63)
      if rest != 0 { return descend(position - rest.leadingZeroBitCount, from: level) { 63 - $0.leadingZeroBitCount } }
      position = (position >> 6) - 1
    }
    return nil
  }

  private func descend(_ position: Int, from level: Int, _ bit: (UInt64) -> Int) -> Int {
    var position = position
    for level in stride(from: level - 1, through: 0, by: -1) {
      position = position << 6 + bit(levels[level][position])
    }
    return position
  }
}
