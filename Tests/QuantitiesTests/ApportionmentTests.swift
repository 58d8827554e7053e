import Chance
import Quantities
import Testing

@Suite("An apportionment")
struct ApportionmentTests {
  /// Every list of 1 … `most` weights from 0 … `largest`.
  private func weightLists(most: Int, largest: Int) -> [[Int]] {
    var lists: [[Int]] = [[]]
    var all: [[Int]] = []
    for _ in 0..<most {
      lists = lists.flatMap { list in (0...largest).map { list + [$0] } }
      all += lists
    }
    return all
  }

  /// Hands out one unit after the other, each to the claim that its exact share leaves furthest behind, the first of equals.
  private func oneByOne(_ total: Int, _ weights: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
    var parts = weights.map { total * $0 / sum }
    while parts.reduce(0, +) < total {
      let lags = zip(parts, weights).map { total * $1 - $0 * sum }
      parts[lags.firstIndex(of: lags.max()!)!] += 1
    }
    return parts
  }

  @Test func `divides every small total exactly, fairly and by position`() {
    var wrong: [String] = []
    for weights in weightLists(most: 4, largest: 4) {
      let sum = weights.reduce(0, +)
      guard sum > 0 else { continue }
      for total in 0...13 {
        let parts = Apportionment.split(total, by: weights)
        let exact = parts.reduce(0, +) == total
        let near = zip(parts, weights).allSatisfy { abs($0 * sum - total * $1) < sum }
        let mirrored = Apportionment.split(-total, by: weights) == parts.map { -$0 }
        if !exact || !near || !mirrored || parts != oneByOne(total, weights) {
          wrong.append("\(total) by \(weights): \(parts)")
        }
      }
    }
    #expect(wrong == [])
  }

  /// A slot of a pool at the mid-market rate: F 8000, R 30000, p 19000; +3000, +1001, −2000, −501 Wh.
  @Test func `gives the worked case of the mid-market rate`() {
    let (feedIn, price, injected, withdrawn) = (8000, 19_000, 4001, 2501)
    let exporters = Apportionment.split(withdrawn * price + (injected - withdrawn) * feedIn, by: [3000, 1001])
    let importers = Apportionment.split(-withdrawn * price, by: [2000, 501])
    #expect(exporters == [44_628_093, 14_890_907])
    #expect(importers == [-38_000_000, -9_519_000])
    #expect((exporters + importers).reduce(0, +) == 12_000_000)
  }

  @Test(arguments: [
    (10, [1, 1, 1], [4, 3, 3]), (11, [1, 1, 1], [4, 4, 3]), (-11, [1, 1, 1], [-4, -4, -3]), (1, [0, 1], [0, 1]),
    (5, [0, 0, 7, 0], [0, 0, 5, 0]), (2, [1, 2, 1], [1, 1, 0]), (7, [3], [7]), (0, [1, 2], [0, 0]),
    (0, [0, 0], [0, 0]),
    (0, [], []),
  ])
  func `breaks ties by position`(total: Int, weights: [Int], parts: [Int]) {
    #expect(Apportionment.split(total, by: weights) == parts)
  }

  @Test func `needs no more room than its total`() {
    #expect(Apportionment.split(.max, by: [.max]) == [.max])
    #expect(Apportionment.split(.max, by: [1, .max - 1]) == [1, .max - 1])
    #expect(Apportionment.split(.max, by: [1, 1]) == [1 << 62, 1 << 62 - 1])
    #expect(Apportionment.split(.min, by: [5]) == [.min])
    #expect(Apportionment.split(.min, by: [3, 1]) == [.min / 4 * 3, .min / 4])
    #expect(Apportionment.split(1, by: [1, .max - 1]) == [0, 1])
  }

  @Test func `sums to its total whatever the claims`() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<500 {
      let weights = (0...Int.random(in: 0..<50, using: &random)).map { _ in Int.random(in: 0...1 << 50, using: &random)
      }
      guard weights.contains(where: { $0 > 0 }) else { continue }
      let total = Int.random(in: .min ... .max, using: &random)
      #expect(Apportionment.split(total, by: weights).reduce(0, +) == total, "\(total) by \(weights)")
    }
  }

  @Test func `stops the program rather than invent or lose a unit`() async {
    await #expect(processExitsWith: .failure) { _ = Apportionment.split(1, by: []) }
    await #expect(processExitsWith: .failure) { _ = Apportionment.split(1, by: [0, 0]) }
    await #expect(processExitsWith: .failure) { _ = Apportionment.split(1, by: [2, -1]) }
    await #expect(processExitsWith: .failure) { _ = Apportionment.split(1, by: [.max, 1]) }
  }
}
