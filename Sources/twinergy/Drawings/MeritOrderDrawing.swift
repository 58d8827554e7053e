import Market
import Quantities

/// What a picture of a clearing shows: demand falling, supply rising, and where they met.
struct MeritOrderDrawing {
  /// One side by merit: a step for each price.
  struct Curve {
    /// The Wh up to the end of each step.
    private(set) var ends: [Int] = []
    /// The price of each step in µ-units/kWh.
    private(set) var prices: [Int] = []

    var total: Int { ends.last ?? 0 }

    init(_ orders: [Order], falls: Bool) {
      // Price and energy have 27 bits each, so one number sorts as both.
      let keys = orders.map { $0.price.units << 32 | $0.energy.units }.sorted(by: falls ? { $0 > $1 } : { $0 < $1 })
      var end = 0
      for key in keys {
        end += key & 0xFFFF_FFFF
        if prices.last == key >> 32 {
          ends[ends.count - 1] = end
        } else {
          prices.append(key >> 32)
          ends.append(end)
        }
      }
    }

    /// The price of the Wh that lies `energy` Wh from the start; nil beyond the end.
    func price(at energy: Double) -> Int? {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if Double(ends[middle]) > energy { high = middle } else { low = middle + 1 }
      }
      return low < prices.count ? prices[low] : nil
    }
  }

  let demand: Curve
  let supply: Curve
  /// Wh that trade.
  let volume: Int
  /// The one price of all; nil where there is none.
  let price: Int?
  let range: ClosedRange<Int>?
  /// What buyers pay and sellers get, where that differs.
  let split: (pays: Int, gets: Int)?
  /// The tariffs, where they are to be seen.
  let tariffs: (feedIn: Int, retail: Int)?
  let mechanism: String
  /// The ends of the axes.
  let prices: ClosedRange<Int>
  let energy: Int

  init(_ file: OrderFile, _ report: ClearingReport, _ tariff: Tariff, showsTariffs: Bool) {
    demand = Curve(file.bids.orders, falls: true)
    supply = Curve(file.asks.orders, falls: false)
    volume = report.volume.units
    price = report.price?.units
    range = report.range.map { $0.lowerBound.units...$0.upperBound.units }
    split =
      report.price == nil ? report.buyerPays.flatMap { pays in report.sellerGets.map { (pays.units, $0.units) } } : nil
    tariffs = showsTariffs ? (tariff.feedIn.units, tariff.retail.units) : nil
    mechanism = report.mechanism.rawValue
    energy = max(demand.total, supply.total, 1)
    var seen = demand.prices + supply.prices
    if let tariffs { seen += [tariffs.feedIn, tariffs.retail] }
    let (lowest, highest) = (seen.min() ?? 0, seen.max() ?? 1)
    let margin = max((highest - lowest) / 20, 1)
    prices = max(lowest - margin, 0)...highest + margin
  }
}

/// Round numbers along an axis.
enum Ticks {
  /// Multiples of 1, 2 or 5 times a power of ten within `range`, about `count` of them.
  static func of(_ range: ClosedRange<Int>, count: Int) -> [Int] {
    let span = max(range.upperBound - range.lowerBound, 1)
    var power = 1
    while power * 10 * count <= span { power *= 10 }
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 * count >= span } ?? 10 * power
    let first = (range.lowerBound + step - 1) / step * step
    return Array(stride(from: first, through: range.upperBound, by: step))
  }
}
