import Quantities

/// The roles that all modules share. A module with a role of its own declares it in its own folder.
extension RoleID {
  /// Runs the community: registers parties and devices, opens and clears its market.
  public static let `operator` = named("operator")
  /// The distribution system operator: publishes tariffs and restrictions.
  public static let dso = named("dso")
  /// A metering gateway: records what meters read, and passes on what parties decide.
  public static let gateway = named("gateway")
  /// A party's own key: speaks for the party of its grant.
  public static let party = named("party")
  /// A validator's voting key: closes blocks and governs keys.
  public static let validator = named("validator")

  /// The key of the module `id`: "m7" says what M7 has found.
  public static func module(_ id: ModuleID) -> RoleID { named(id.rawValue.lowercased()) }

  /// A role known when the program is written.
  private static func named(_ text: String) -> RoleID {
    guard let role = try? RoleID(text) else { preconditionFailure("\(text) is not the name of a role") }
    return role
  }
}
