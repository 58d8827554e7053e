import ArgumentParser
import Market
import Quantities

/// The grid's tariffs, which bound every price; without them the widest there are.
struct TariffOptions: ParsableArguments {
  @Option(help: "The feed-in tariff in µ-units/kWh, the lowest price (default 0).")
  var feedIn: Int?

  @Option(help: "The retail tariff in µ-units/kWh, the highest price (default 100000000).")
  var retail: Int?

  /// The tariffs; says on standard error which of them are defaults.
  func tariff() throws -> Tariff {
    let tariff = try Tariff(
      feedIn: Price(units: feedIn ?? 0), retail: Price(units: retail ?? Price.maximum.units))
    if feedIn == nil { Console.note("no --feed-in: the lowest price is \(tariff.feedIn)") }
    if retail == nil { Console.note("no --retail: the highest price is \(tariff.retail)") }
    return tariff
  }
}

extension Ratio: ExpressibleByArgument {
  /// Reads "1/2", "0" or "1".
  public init?(argument: String) { try? self.init(argument) }
}

extension MarginRule: ExpressibleByArgument {}
extension PayAsBid.Pricing: ExpressibleByArgument {}
