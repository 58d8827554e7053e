import Testing

@testable import Log

@Suite("A tile's path")
struct TilePathTests {
  static let texts: [(TilePath, String)] = [
    (TilePath(.hashes(level: 0), index: 0), "tile/0/000"),
    (TilePath(.hashes(level: 0), index: 5, width: 1), "tile/0/005.p/1"),
    (TilePath(.hashes(level: 2), index: 999, width: 255), "tile/2/999.p/255"),
    (TilePath(.hashes(level: 1), index: 1000), "tile/1/x001/000"),
    (TilePath(.hashes(level: 0), index: 1_234_067), "tile/0/x001/x234/067"),
    (TilePath(.hashes(level: 7), index: 1_000_000_000), "tile/7/x001/x000/x000/000"),
    (TilePath(.entries, index: 3, width: 17), "tile/entries/003.p/17"),
    (TilePath(.entries, index: 999_999), "tile/entries/x999/999"),
  ]

  @Test(arguments: texts)
  func `is written in groups of three digits`(_ path: TilePath, _ text: String) {
    #expect(path.description == text)
    #expect(TilePath(text) == path)
  }

  @Test(arguments: [
    "", "tile", "tile/0", "tile/0/", "tile/0/00", "tile/0/0000", "tile/0/x000/000", "tile/0/001/000", "tile/0/x001",
    "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p", "tile/0/000.p/", "tile/00/000",
    "tile/-1/000", "tile/8/000", "tile/64/000", "/tile/0/000", "tile/0/000/", "tile/data/000", "tile/entries/000.p/+1",
    "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/x009/x000/x000/x000/x000/x000/000",
    "tile/entries/x036/x028/x797/x018/x963/967",
    "tile/0/x036/x028/x797/x018/x963/968.p/1", "tile/0/x001/x00/000", "tile/0/００0",
  ])
  func `has one text`(_ text: String) {
    #expect(TilePath(text) == nil)
  }

  @Test func `reads back whatever it writes`() {
    for level in 0..<8 {
      for index in [0, 1, 9, 10, 99, 100, 999, 1000, 1001, 99_999, 100_000, 999_999, 1_000_000, 123_456_789] {
        for width in [1, 2, 255, 256] {
          let path = TilePath(.hashes(level: level), index: index, width: width)
          #expect(TilePath(path.description) == path)
        }
      }
    }
  }

  /// C2SP tlog-tiles: the partial tile at level l has ⌊size / 256^l⌋ mod 256 hashes.
  @Test(arguments: [0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000])
  func `stands in trees of its size alone`(_ size: Int) {
    let all = Array(TilePath.all(size: size))
    #expect(Set(all).count == all.count)
    for path in all { #expect(path.isPart(of: size)) }
    var power = 1
    for level in 0..<4 {
      let count = size / power
      let tiles = all.filter { $0.content == .hashes(level: level) }
      #expect(tiles.count == (count + 255) / 256)
      #expect(tiles.map(\.width).reduce(0, +) == count)
      #expect(tiles.dropLast().allSatisfy { $0.width == 256 })
      power *= 256
    }
    #expect(all.filter { $0.content == .entries }.map(\.width).reduce(0, +) == size)
    for path in TilePath.all(size: size + 1) where !all.contains(path) { #expect(!path.isPart(of: size)) }
  }

  @Test func `of an absurd size is found without listing all`() {
    #expect(
      TilePath.all(size: .max).prefix(3).map(\.description) == [
        "tile/entries/000", "tile/entries/001", "tile/entries/002",
      ])
    #expect(TilePath(.hashes(level: 7), index: 0, width: 127).isPart(of: .max))
  }
}
