import Encoding
import Kernel
import Log
import Transactive

/// One event, read by whoever it belongs to.
public enum Fact: Sendable {
  /// Keys: the log's own.
  case governance(GovernanceEvent)
  /// People, devices, consortia.
  case registry(RegistryEvent)
  /// M9.
  case transactive(TransactiveEvent)

  /// Reads an event of an entry.
  init(_ event: JSONValue) throws(Refusal) {
    do throws(LogError) {
      if let governance = try GovernanceEvent(event) {
        self = .governance(governance)
        return
      }
    } catch {
      throw .log(error)
    }
    do throws(JSONError) {
      var fields = try event.fields()
      let type = try fields.string("type")
      switch Self.owners[type] {
      case .registry: self = .registry(try RegistryEvent(type: type, &fields))
      case .transactive: self = .transactive(try TransactiveEvent(type: type, &fields))
      default: throw JSONError(.unknown, "no module knows events of type \"\(type.prefix(80))\"")
      }
      try fields.finish()
    } catch {
      throw .event(Rejection(error))
    }
  }

  private static let owners: [String: ModuleID] = Dictionary(
    uniqueKeysWithValues: RegistryEvent.types.map { ($0, .registry) }
      + TransactiveEvent.types.map { ($0, .transactive) })

  /// The event's type.
  public var type: String {
    switch self {
    case .governance(.granted): "key.granted"
    case .governance(.revoked): "key.revoked"
    case .registry(let event): event.type
    case .transactive(let event): event.type
    }
  }
}

/// Why an entry is not accepted.
public enum Refusal: Fault, Equatable {
  /// It does not belong in this log.
  case log(LogError)
  /// An event of it may not happen.
  case event(Rejection)

  private var fault: any Fault {
    switch self {
    case .log(let error): error
    case .event(let rejection): rejection
    }
  }

  /// The stable code.
  public var code: String { fault.code }
  /// What was wrong.
  public var sentence: String { fault.sentence }

  /// The HTTP status that an interface answers with.
  public var status: Rejection.Status {
    switch self {
    case .event(let rejection): rejection.status
    case .log(let error):
      switch error.kind {
      case .sequence: .conflict
      case .unknownKey, .keyWindow, .authority, .signature: .forbidden
      case .governance: .invalid
      default: .malformed
      }
    }
  }
}
