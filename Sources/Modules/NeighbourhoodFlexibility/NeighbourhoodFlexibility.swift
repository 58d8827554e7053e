import Encoding
import Kernel
import Quantities

/// M3, neighbourhood demand flexibility profiling: by how much neighbourhoods can change what they take, and where their
/// equipment is beyond its limits.
public struct NeighbourhoodFlexibility: Module, MemberObject {
  /// M3.
  public static let id = ModuleID.neighbourhoodFlexibility

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<NeighbourhoodFlexibility>.Type] = [
    FlexibilityPredicted.self, LimitViolated.self,
  ]

  /// The members.
  public static let members = Members(
    Self.init(predictions:violations:), Member("predictions", \.predictions), Member("violations", \.violations))

  var predictions: Table<FlexibilityPredicted>
  /// The newest of each area.
  var violations: Table<LimitViolated>

  /// Before anything is known.
  public init() { self.init(predictions: Table(), violations: Table()) }

  private init(predictions: Table<FlexibilityPredicted>, violations: Table<LimitViolated>) {
    (self.predictions, self.violations) = (predictions, violations)
  }

  /// By how much `area` can change what it takes.
  public func flexibility(of area: AreaID) -> FlexibilityPredicted? { predictions[area] }

  /// The newest violation in `area`.
  public func violation(in area: AreaID) -> LimitViolated? { violations[area] }
}
