/// Who gets the energy when the orders at the marginal price want more than is left.
public enum MarginRule: String, Sendable, CaseIterable {
  /// In proportion to the energy of each order; the Wh that do not divide go by largest remainder, then time.
  case proRata = "pro-rata"
  /// The earlier order first.
  case time
}
