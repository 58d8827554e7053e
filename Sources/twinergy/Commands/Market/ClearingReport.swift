import Encoding
import Market
import Quantities

/// What a mechanism made of one book.
struct ClearingReport {
  let mechanism: Mechanism
  let volume: Energy
  /// What every Wh costs; nil where nothing is traded or trades have prices of their own.
  var price: Price?
  /// The prices at which nobody would want another outcome; nil where the mechanism has none.
  var range: ClosedRange<Price>?
  /// What all buyers pay and all sellers get; nil where trades have prices of their own.
  var buyerPays: Price?
  var sellerGets: Price?
  var operatorKeeps = Money.zero
  /// In the order of the file's bids and asks.
  let bidFills: [Energy]
  let askFills: [Energy]
  let trades: [Trade]

  /// Bids minus asks over the energy that trades.
  func welfare(_ file: OrderFile) throws -> Money {
    try Welfare.of(bids: file.bids.orders, asks: file.asks.orders, bidFills: bidFills, askFills: askFills)
  }

  /// What each order gets, in the order of the file.
  func fills(_ file: OrderFile) -> [Energy] {
    var fills = Array(repeating: Energy.zero, count: file.ids.count)
    for (place, fill) in zip(file.bids.places, bidFills) { fills[place] = fill }
    for (place, fill) in zip(file.asks.places, askFills) { fills[place] = fill }
    return fills
  }

  /// Writes the members of the report.
  func write(
    _ file: OrderFile, _ tariff: Tariff, welfare: Money, medianSeconds: Double?, to output: inout JSONWriter
  ) {
    output.field("mechanism", mechanism.rawValue)
    output.amount("volume", volume.units)
    output.amount("price", price)
    output.range("range", range)
    output.field("fills") { output in
      output.object { output in
        for (id, fill) in zip(file.ids, fills(file)) { output.field(id, fill.units) }
      }
    }
    output.field("trades", each: trades) { output, trade in
      output.object { output in
        output.field("buyer", file.ids[file.bids.places[trade.buyer]])
        output.field("seller", file.ids[file.asks.places[trade.seller]])
        output.field("energy", trade.energy.units)
        output.field("price", trade.price.units)
      }
    }
    output.amount("operator", operatorKeeps.units)
    output.amount("buyerPays", buyerPays)
    output.amount("sellerGets", sellerGets)
    output.amount("welfare", welfare.units)
    output.field("feedIn", tariff.feedIn.units)
    output.field("retail", tariff.retail.units)
    output.decimal("medianSeconds", medianSeconds, digits: 9)
  }
}
