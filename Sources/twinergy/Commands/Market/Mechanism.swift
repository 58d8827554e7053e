import ArgumentParser
import Market
import Quantities

/// How a book is cleared.
enum Mechanism: String, ExpressibleByArgument, CaseIterable {
  case uniform
  case payAsBid = "pay-as-bid"
  case continuous
  case mcafee
  case huang
}

/// A mechanism with its settings.
struct MechanismRun {
  let mechanism: Mechanism
  let k: Ratio
  let margin: MarginRule
  let pricing: PayAsBid.Pricing

  /// Clears the book of `file`.
  func report(_ file: OrderFile, within tariff: Tariff) throws -> ClearingReport {
    let (bids, asks) = (file.bids.orders, file.asks.orders)
    switch mechanism {
    case .uniform:
      return uniform(try UniformPrice(k: k, margin: margin).clear(bids: bids, asks: asks, within: tariff), file)
    case .payAsBid:
      let clearing = try PayAsBid(pricing: pricing, margin: margin).clear(
        bids: bids, asks: asks, within: tariff, bidPreferences: file.bids.preferences,
        askPreferences: file.asks.preferences)
      return ClearingReport(
        mechanism: mechanism, volume: clearing.volume, bidFills: clearing.bidFills, askFills: clearing.askFills,
        trades: clearing.trades)
    case .continuous: return try ContinuousSession.run(file, within: tariff).report(file)
    case .mcafee: return split(try McAfee.clear(bids: bids, asks: asks, within: tariff), file)
    case .huang: return split(try Huang.clear(bids: bids, asks: asks, within: tariff), file)
    }
  }

  /// Clears the book of `file` and forgets what came of it, to be timed.
  func clear(_ file: OrderFile, within tariff: Tariff) throws {
    let (bids, asks) = (file.bids.orders, file.asks.orders)
    switch mechanism {
    case .uniform: _ = try UniformPrice(k: k, margin: margin).clear(bids: bids, asks: asks, within: tariff)
    case .payAsBid: _ = try PayAsBid(pricing: pricing, margin: margin).clear(bids: bids, asks: asks, within: tariff)
    case .continuous: _ = try ContinuousSession.run(file, within: tariff)
    case .mcafee: _ = try McAfee.clear(bids: bids, asks: asks, within: tariff)
    case .huang: _ = try Huang.clear(bids: bids, asks: asks, within: tariff)
    }
  }

  private func uniform(_ clearing: UniformClearing, _ file: OrderFile) -> ClearingReport {
    ClearingReport(
      mechanism: mechanism, volume: clearing.volume, price: clearing.price, range: clearing.range,
      buyerPays: clearing.price, sellerGets: clearing.price, bidFills: clearing.bidFills, askFills: clearing.askFills,
      trades: clearing.trades(
        bids: file.bids.orders, asks: file.asks.orders, bidPreferences: file.bids.preferences,
        askPreferences: file.asks.preferences))
  }

  private func split(_ clearing: SplitClearing, _ file: OrderFile) -> ClearingReport {
    var trades: [Trade] = []
    if let pays = clearing.buyerPays {
      trades = Pairing.pairs(
        bids: file.bids.orders, asks: file.asks.orders, bidFills: clearing.bidFills, askFills: clearing.askFills,
        bidPreferences: file.bids.preferences, askPreferences: file.asks.preferences
      ).map { $0.trade(at: pays) }
    }
    return ClearingReport(
      mechanism: mechanism, volume: clearing.volume,
      price: clearing.buyerPays == clearing.sellerGets ? clearing.buyerPays : nil, buyerPays: clearing.buyerPays,
      sellerGets: clearing.sellerGets, operatorKeeps: clearing.operatorKeeps, bidFills: clearing.bidFills,
      askFills: clearing.askFills, trades: trades)
  }
}
