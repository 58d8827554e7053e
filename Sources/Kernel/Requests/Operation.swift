import Encoding
import Quantities

/// What a module makes of a request.
public enum Reply: Sendable {
  /// An answer from its state: one JSON value.
  case answer([UInt8])
  /// Events that the gateway signs with its own key; once they are final, the JSON value is the answer.
  case events([any ModuleEvent], answer: [UInt8])
  /// The movements of an account, which the log has and the state has not.
  case history(HistoryQuery)

  /// An answer that `value` is.
  public static func value(_ value: some WrittenValue) -> Reply { .answer(JSONWriter.bytes { value.write(to: &$0) }) }

  /// An answer that is an object whose members `body` writes.
  public static func object(_ body: (inout JSONWriter) -> Void) -> Reply {
    .answer(JSONWriter.bytes { $0.object(body) })
  }
}

/// The part of the log that a request for an account's history asks for.
public struct HistoryQuery: Sendable, Hashable {
  /// The market.
  public let lem: LEMID
  /// The account's name, "party:h01" or "grid"; or nil for a device.
  public let account: String?
  /// The device, where one is asked for.
  public let device: DeviceID?
  /// When its movements were booked.
  public let period: Range<Instant>

  /// The history of an account or device in `period`.
  public init(lem: LEMID, account: String?, device: DeviceID? = nil, period: Range<Instant>) {
    (self.lem, self.account, self.device, self.period) = (lem, account, device, period)
  }
}

/// Something that a module can be asked.
public struct Operation<Owner: Module>: Sendable {
  /// Its names: the first is ours, the others are accepted.
  public let names: [String]
  /// Whom the question is addressed to: the module itself, or another that the deliverable has asked instead.
  public let receiver: ModuleID
  /// Answers a request.
  public let reply: @Sendable (Owner, Request, Context) throws(Rejection) -> Reply

  /// The operation called `names`.
  public init(
    _ names: String..., askedOf receiver: ModuleID = Owner.id,
    _ reply: @escaping @Sendable (Owner, Request, Context) throws(Rejection) -> Reply
  ) {
    (self.names, self.receiver, self.reply) = (names, receiver, reply)
  }
}
