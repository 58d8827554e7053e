import Encoding
import Quantities

/// What modules tell each other alike (D7.1 Table 19): errors, status, changes of data, synchronisation, questions.
///
/// Its state is what each last said of itself, by which one that waits for another knows to follow its plan B.
public struct Platform: Module, MemberObject {
  /// The platform.
  public static let id = ModuleID.platform

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<Platform>.Type] = [
    ModuleFailed.self, ModuleReported.self, DatasetChanged.self, SynchronizationCalled.self, RequestSent.self,
    ResponseSent.self,
  ]

  /// The members.
  public static let members = Members(Self.init(states:), Member("states", \.states))

  /// What each correspondent last said of itself.
  public internal(set) var states: Table<ModuleState>

  /// The platform before anybody has said anything.
  public init() { states = Table() }

  private init(states: Table<ModuleState>) { self.states = states }

  /// What `correspondent` last said of itself.
  public func state(of correspondent: Correspondent) -> ModuleState? { states[correspondent] }
}

/// What a correspondent last said of itself.
public struct ModuleState: TableRow {
  /// The members.
  public static let members = Members(
    Self.init, Member("module", \.module), Member("code", \.code), Member("message", \.message), Member("at", \.at))

  /// Who.
  public let module: Correspondent
  /// 100 … 299 for a status, 400 … 599 for an error.
  public let code: Int
  /// A text for people.
  public let message: String
  /// The time of the block.
  public let at: Instant

  init(module: Correspondent, code: Int, message: String, at: Instant) {
    (self.module, self.code, self.message, self.at) = (module, code, message, at)
  }

  /// Whether it has failed and not come back.
  public var isFailed: Bool { code >= 400 }

  /// Who.
  public var key: Correspondent { module }
}

extension Correspondent: Comparable {
  /// Orders by name.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// The role that a key needs to speak for it: "m7".
  public var role: RoleID {
    guard let role = try? RoleID(rawValue.lowercased()) else { preconditionFailure("\(self) names no role") }
    return role
  }
}

extension Context {
  /// Refuses an author that does not speak for `correspondent`.
  func require(_ correspondent: Correspondent) throws(Rejection) { try require(correspondent.role, .operator) }
}
