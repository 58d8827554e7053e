import Quantities

/// What all resting orders of one side at one price want together.
public struct BookLevel: Hashable, Sendable {
  /// Their common limit.
  public let price: Price
  /// The sum of what is left of them.
  public let energy: Energy
}
