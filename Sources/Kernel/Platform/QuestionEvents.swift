import Quantities

/// `request.sent`: a module asks another, on the record.
public struct RequestSent: EventPayload {
  /// The event's type.
  public static let type = "request.sent"
  /// The members.
  public static let members = Members(
    Self.init, Member("module", \.module), Member("receiver", \.receiver), Member("operation", \.operation),
    Member("keyId", \.keyID), Member("params", \.params))

  /// Who asks.
  public let module: Correspondent
  /// Who is asked.
  public let receiver: Correspondent
  /// What.
  public let operation: String
  /// The asker's name for the question.
  public let keyID: String
  /// What the question is about.
  public let params: AnyJSON

  /// `module` asks `receiver`.
  public init(module: Correspondent, receiver: Correspondent, operation: String, keyID: String, params: AnyJSON) {
    (self.module, self.receiver, self.operation, self.keyID, self.params) = (module, receiver, operation, keyID, params)
  }
}

/// `response.sent`: a module answers another, on the record. What the platform answers from its state needs no event.
public struct ResponseSent: EventPayload {
  /// The event's type.
  public static let type = "response.sent"
  /// The members.
  public static let members = Members(
    Self.init, Member("module", \.module), Member("receiver", \.receiver), Member("keyId", \.keyID),
    Member("response", \.response))

  /// Who answers.
  public let module: Correspondent
  /// Who has asked.
  public let receiver: Correspondent
  /// The asker's name for the question.
  public let keyID: String
  /// The answer.
  public let response: AnyJSON

  /// `module` answers `receiver`.
  public init(module: Correspondent, receiver: Correspondent, keyID: String, response: AnyJSON) {
    (self.module, self.receiver, self.keyID, self.response) = (module, receiver, keyID, response)
  }
}

extension RequestSent: ModuleEvent {
  /// `{MOD}.request.{MOD2}`.
  public static let messages = [
    MessageTemplate<Self>(
      "{MOD}.request.{MOD2}", isTimed: false, naming: { [$0.event.module.rawValue, $0.event.receiver.rawValue] },
      [Field("operation", \.event.operation), Field("keyId", \.event.keyID), Field("params", \.event.params)])
  ]

  /// Refuses a question to oneself, and who does not speak for the asker.
  public func check(_ platform: Platform, in context: Context) throws(Rejection) {
    try context.require(module)
    try requireOther(module, receiver)
  }

  /// Nothing stays.
  public func apply(to platform: inout Platform, in context: Context) {}
}

extension ResponseSent: ModuleEvent {
  /// `{MOD}.response.{MOD2}`.
  public static let messages = [
    MessageTemplate<Self>(
      "{MOD}.response.{MOD2}", isTimed: false, naming: { [$0.event.module.rawValue, $0.event.receiver.rawValue] },
      [Field("keyId", \.event.keyID), Field("response", \.event.response)])
  ]

  /// Refuses an answer to oneself, and who does not speak for the asked.
  public func check(_ platform: Platform, in context: Context) throws(Rejection) {
    try context.require(module)
    try requireOther(module, receiver)
  }

  /// Nothing stays.
  public func apply(to platform: inout Platform, in context: Context) {}
}

private func requireOther(_ module: Correspondent, _ receiver: Correspondent) throws(Rejection) {
  guard module != receiver else {
    throw Rejection(.invalid, "destination_invalid", "\(module) cannot be its own correspondent")
  }
}
