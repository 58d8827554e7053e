import Encoding

/// Why the market refused its input.
public enum MarketError: Fault, Equatable {
  /// The feed-in tariff lies above the retail tariff, or one of them outside 0 … ``Price/maximum``.
  case tariff(String)
  /// A price lies outside the bounds that hold for it.
  case price(String)
  /// An energy is zero, negative or above ``Energy/maximumPerSlot``.
  case energy(String)
  /// A sum or product does not fit 64 bits.
  case overflow(String)
  /// The mechanism takes orders of one common energy only.
  case unequalOrders(String)
  /// A network has a line that cannot be.
  case network(String)

  /// `tariff_inverted`, `price_out_of_bounds`, `energy_out_of_bounds`, `market_overflow`, `orders_not_equal`
  /// or `network_invalid`.
  public var code: String {
    switch self {
    case .tariff: "tariff_inverted"
    case .price: "price_out_of_bounds"
    case .energy: "energy_out_of_bounds"
    case .overflow: "market_overflow"
    case .unequalOrders: "orders_not_equal"
    case .network: "network_invalid"
    }
  }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .tariff(let what), .price(let what), .energy(let what), .overflow(let what), .unequalOrders(let what),
      .network(let what):
      what
    }
  }
}
