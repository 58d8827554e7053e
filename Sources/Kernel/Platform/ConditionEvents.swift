import Quantities

/// `module.failed`: a module has an error; those that wait for it follow their plan B.
public struct ModuleFailed: EventPayload {
  /// The event's type.
  public static let type = "module.failed"
  /// The members.
  public static let members = Members(
    Self.init, Member("module", \.module), Member("code", \.code), Member("message", \.message))

  /// Who.
  public let module: Correspondent
  /// An HTTP code, 400 … 599.
  public let code: Int
  /// A text for people.
  public let message: String

  /// `module` has failed.
  public init(module: Correspondent, code: Int, message: String) {
    (self.module, self.code, self.message) = (module, code, message)
  }
}

/// `module.reported`: a module tells how it is.
public struct ModuleReported: EventPayload {
  /// The event's type.
  public static let type = "module.reported"
  /// The members.
  public static let members = Members(
    Self.init, Member("module", \.module), Member("code", \.code), Member("message", \.message))

  /// Who.
  public let module: Correspondent
  /// An HTTP code, 100 … 299: 100 starting, 102 working, 200 running, 202 back to normal, 205 stopping.
  public let code: Int
  /// A text for people.
  public let message: String

  /// `module` tells how it is.
  public init(module: Correspondent, code: Int, message: String) {
    (self.module, self.code, self.message) = (module, code, message)
  }
}

extension ModuleFailed: ModuleEvent {
  /// On the canonical subject, and on that of Table 19.
  public static let messages = [
    MessageTemplate<Self>(
      "{MOD}.notif.error", also: ["{MOD}.notify.error"], naming: { [$0.event.module.rawValue] },
      [Field("code", \.event.code), Field("message", \.event.message)])
  ]

  /// Refuses a code that is no error, and who does not speak for the module.
  public func check(_ platform: Platform, in context: Context) throws(Rejection) {
    try context.require(module)
    guard (400...599).contains(code) else {
      throw Rejection(.invalid, "code_invalid", "an error's code is 400 to 599, not \(code)")
    }
  }

  /// The module counts as failed.
  public func apply(to platform: inout Platform, in context: Context) {
    platform.states.put(ModuleState(module: module, code: code, message: message, at: context.time))
  }
}

extension ModuleReported: ModuleEvent {
  /// On the canonical subject, and on that of Table 19.
  public static let messages = [
    MessageTemplate<Self>(
      "{MOD}.notif.status", also: ["{MOD}.notify.status"], naming: { [$0.event.module.rawValue] },
      [Field("code", \.event.code), Field("message", \.event.message)])
  ]

  /// Refuses a code that is no status, and who does not speak for the module.
  public func check(_ platform: Platform, in context: Context) throws(Rejection) {
    try context.require(module)
    guard (100...299).contains(code) else {
      throw Rejection(.invalid, "code_invalid", "a status' code is 100 to 299, not \(code)")
    }
  }

  /// The module counts as this.
  public func apply(to platform: inout Platform, in context: Context) {
    platform.states.put(ModuleState(module: module, code: code, message: message, at: context.time))
  }
}
