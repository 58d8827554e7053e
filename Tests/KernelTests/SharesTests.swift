import Kernel
import Quantities
import Testing

@Suite("Shares") struct SharesTests {
  @Test(arguments: [0, 1, 2, 3, 7, 99, 1_000_003, 100_000_000])
  func `divide every unit`(total: Int) throws {
    for parts in [[1_000_000], [500_000, 500_000], [333_333, 333_333, 333_334], [1, 999_999], [999_998, 1, 1]] {
      let shares = try Shares(
        parts.enumerated().map { Shares.Share(try PartyID("p\($0.offset)"), $0.element) })
      let split = shares.split(total)
      #expect(split.reduce(0, +) == total)
      for (part, share) in zip(split, parts) {
        // Each gets its exact part, rounded down or up.
        #expect([total * share / 1_000_000, total * share / 1_000_000 + 1].contains(part))
      }
    }
  }

  @Test func `give what is left to the largest remainder, then to the first`() throws {
    let parties = try ["a", "b", "c"].map { try PartyID($0) }
    let shares = try Shares([.init(parties[0], 250_000), .init(parties[1], 500_000), .init(parties[2], 250_000)])
    #expect(shares.split(1) == [0, 1, 0])
    #expect(shares.split(2) == [1, 1, 0])
    #expect(shares.split(3) == [1, 1, 1])
  }
}
