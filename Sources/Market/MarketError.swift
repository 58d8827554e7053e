import Encoding
import Quantities

/// Why something cannot be traded.
public enum MarketError: Fault, Equatable {
  /// A tariff's feed-in price is above its retail price, or one is out of range.
  case tariffInverted(String)
  /// A price lies outside what the market allows.
  case priceOutOfBounds(String)
  /// An order has no energy, or more than a slot can hold.
  case energyNotPositive(String)
  /// A sum does not fit 64 bits.
  case overflow(String)

  /// The stable code.
  public var code: String {
    switch self {
    case .tariffInverted: "tariff_inverted"
    case .priceOutOfBounds: "price_out_of_bounds"
    case .energyNotPositive: "energy_not_positive"
    case .overflow: "market_overflow"
    }
  }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .tariffInverted(let what), .priceOutOfBounds(let what), .energyNotPositive(let what), .overflow(let what): what
    }
  }
}

/// Runs `body`, telling an overflow as one of the market.
func asMarket<Value>(_ body: () throws(QuantityError) -> Value) throws(MarketError) -> Value {
  do {
    return try body()
  } catch {
    throw .overflow(error.sentence)
  }
}
