import Encoding
import Quantities
import Testing

@Suite("A ratio")
struct RatioTests {
  @Test(arguments: [
    ("1/2", 1, 2), ("0", 0, 1), ("1", 1, 1), ("0/7", 0, 7), ("7/7", 7, 7), ("333333/1000000", 333_333, 1_000_000),
  ])
  func `is read and written`(text: String, numerator: Int, denominator: Int) throws {
    let ratio = try Ratio(text)
    #expect(ratio == (try Ratio(numerator, denominator)))
    #expect(try Ratio(ratio.description) == ratio)
  }

  @Test(arguments: [
    (1, 0), (0, 0), (-1, 2), (1, -2), (-1, -2), (3, 2), (1, 1_000_001), (Int.min, .min), (.max, .max), (1, .min),
  ])
  func `lies between zero and one`(numerator: Int, denominator: Int) {
    let error = #expect(throws: QuantityError.self) { try Ratio(numerator, denominator) }
    #expect(error?.code == "quantity_range")
  }

  @Test(arguments: ["", "/", "1/", "/2", "1/2/3", "a", "0.5", "1 /2", "-", "1/+2", "99999999999999999999/2"])
  func `refuses other texts`(text: String) {
    #expect(throws: QuantityError.syntax("\(quoted(text)) is not a fraction such as \"1/2\"")) { try Ratio(text) }
  }

  @Test(arguments: ["2", "3/2", "1/0", "-1/2", "1/-2", "1/1000001"]) func `refuses other fractions`(text: String) {
    let error = #expect(throws: QuantityError.self) { try Ratio(text) }
    #expect(error?.code == "quantity_range")
  }

  @Test func `takes the floor of its part of every small value`() throws {
    for denominator in 1...12 {
      for numerator in 0...denominator {
        let ratio = try Ratio(numerator, denominator)
        for value in 0...30 { #expect(ratio.floor(of: value) == value * numerator / denominator) }
      }
    }
  }

  @Test func `takes its part of the largest value`() throws {
    #expect(Ratio.half.floor(of: .max) == .max / 2)
    #expect(try Ratio(1_000_000, 1_000_000).floor(of: .max) == .max)
    #expect(try Ratio(0, 1).floor(of: .max) == 0)
    #expect(try Ratio(999_999, 1_000_000).floor(of: .max) == 9_223_362_813_482_738_952)
  }
}
