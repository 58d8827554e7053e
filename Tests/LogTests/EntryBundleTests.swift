import Testing

@testable import Log

@Suite("An entry bundle")
struct EntryBundleTests {
  static let entries: [[UInt8]] = [[], [1], Array(0..<255), [UInt8](repeating: 7, count: 65_535)]

  @Test func `writes each entry behind its length`() throws {
    #expect(EntryBundle.encode([[1, 2, 3], []]) == [0, 3, 1, 2, 3, 0, 0])
    let bytes = EntryBundle.encode(Self.entries)
    #expect(bytes.count == 2 * 4 + 0 + 1 + 255 + 65_535)
    #expect(try EntryBundle.decode(bytes, count: 4) == Self.entries)
    #expect(try EntryBundle.decode([], count: 0) == [])
  }

  @Test func `is refused when it is cut anywhere`() {
    let bytes = EntryBundle.encode([[1, 2, 3], [4], []])
    for end in 0..<bytes.count {
      expectRefusal(.tile, "cut at \(end)") {
        try EntryBundle.decode(Array(bytes[..<end]), count: 3)
      }
    }
  }

  @Test(arguments: [0, 1, 2, 4, 256])
  func `has as many entries as the tree says`(_ count: Int) {
    expectRefusal(.tile) {
      try EntryBundle.decode(EntryBundle.encode([[1], [2], [3]]), count: count)
    }
  }
}
