import Encoding
import Kernel
import Quantities

/// M1, consumer comfort and well-being: how occupants feel, what they want, how willing they are to give way.
///
/// What is known of each occupant is the newest only. Demographic and physiological data never enter the log.
public struct Comfort: Module, MemberObject {
  /// M1.
  public static let id = ModuleID.comfort

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<Comfort>.Type] = [
    ComfortAssessed.self, ComfortPredicted.self, PreferencesChosen.self,
  ]

  /// The members.
  public static let members = Members(
    Self.init(levels:curves:preferences:), Member("levels", \.levels), Member("curves", \.curves),
    Member("preferences", \.preferences))

  var levels: Table<ComfortAssessed>
  var curves: Table<ComfortPredicted>
  var preferences: Table<PreferencesChosen>

  /// Comfort before anything is known.
  public init() { self.init(levels: Table(), curves: Table(), preferences: Table()) }

  private init(levels: Table<ComfortAssessed>, curves: Table<ComfortPredicted>, preferences: Table<PreferencesChosen>) {
    (self.levels, self.curves, self.preferences) = (levels, curves, preferences)
  }

  /// How `party` was last inferred to feel.
  public func level(of party: PartyID) -> ComfortAssessed? { levels[party] }

  /// What `party` wants.
  public func preferences(of party: PartyID) -> PreferencesChosen? { preferences[party] }
}
