import Quantities

/// `dataset.changed`: a module has inserted, changed or deleted data in the storage that all share.
public struct DatasetChanged: EventPayload {
  /// What was done.
  public enum Action: String, Choice {
    /// Inserted.
    case insert = "INSERT"
    /// Changed.
    case update = "UPDATE"
    /// Deleted.
    case delete = "DELETE"
  }

  /// To how many.
  public enum Amount: String, Choice {
    /// One.
    case one = "ONE"
    /// Many.
    case many = "MANY"
  }

  /// The event's type.
  public static let type = "dataset.changed"
  /// The members.
  public static let members = Members(
    Self.init, Member("module", \.module), Member("dataset", \.dataset), Member("action", \.action),
    Member("amount", \.amount), Member("extra", \.extra))

  /// Who.
  public let module: Correspondent
  /// The collection, table or dataset.
  public let dataset: String
  /// What was done.
  public let action: Action
  /// To how many.
  public let amount: Amount
  /// Anything else, as `key=value`.
  public let extra: String?

  /// `module` has changed `dataset`.
  public init(module: Correspondent, dataset: String, action: Action, amount: Amount, extra: String?) {
    (self.module, self.dataset, self.action, self.amount, self.extra) = (module, dataset, action, amount, extra)
  }
}

/// `synchronization.called`: a module asks others to do something at one moment.
public struct SynchronizationCalled: EventPayload {
  /// The event's type.
  public static let type = "synchronization.called"
  /// The members.
  public static let members = Members(
    Self.init, Member("module", \.module), Member("at", \.at), Member("reason", \.reason),
    Member("destination", \.destination, count: 1...10))

  /// Who.
  public let module: Correspondent
  /// When it must be done.
  public let at: Instant
  /// What for: "restart".
  public let reason: String
  /// Whom it concerns.
  public let destination: [Correspondent]

  /// `module` calls `destination` to `reason` at `at`.
  public init(module: Correspondent, at: Instant, reason: String, destination: [Correspondent]) {
    (self.module, self.at, self.reason, self.destination) = (module, at, reason, destination)
  }
}

extension DatasetChanged: ModuleEvent {
  /// `dbChanged`.
  public static let messages = [
    MessageTemplate<Self>(
      "{MOD}.notif.dbChanged", naming: { [$0.event.module.rawValue] },
      [
        Field("dataset", \.event.dataset), Field("action", \.event.action), Field("amount", \.event.amount),
        Field(optional: "extra", \.event.extra),
      ])
  ]

  /// Refuses who does not speak for the module.
  public func check(_ platform: Platform, in context: Context) throws(Rejection) { try context.require(module) }

  /// Nothing stays.
  public func apply(to platform: inout Platform, in context: Context) {}
}

extension SynchronizationCalled: ModuleEvent {
  /// `{MOD}.synchronization`, whose timestamp is the moment to act (D7.1 section 6.4).
  public static let messages = [
    MessageTemplate<Self>(
      "{MOD}.synchronization", isTimed: false, naming: { [$0.event.module.rawValue] },
      [
        Field("timestamp") { Timestamp($0.event.at) }, Field("type", \.event.reason),
        Field("destination", \.event.destination),
      ])
  ]

  /// Refuses a moment that has passed, and who does not speak for the module.
  public func check(_ platform: Platform, in context: Context) throws(Rejection) {
    try context.require(module)
    guard at >= context.time else {
      throw Rejection(.invalid, "time_passed", "\(at) has passed at \(context.time)")
    }
    guard Set(destination).count == destination.count, !destination.contains(module) else {
      throw Rejection(.invalid, "destination_invalid", "a destination is named twice, or is the caller")
    }
  }

  /// Nothing stays.
  public func apply(to platform: inout Platform, in context: Context) {}
}
