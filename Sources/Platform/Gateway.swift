import Community
import Cryptography
import Encoding
import Kernel
import NATS
import Node
import Quantities

/// The door through which modules ask: `{MOD}.request.{MOD2}`, answered from the state or turned into an entry.
///
/// Who asks is what the subject's first token says; the broker's permissions let each module publish under its own name
/// only. What it may ask and do follows from the keys that governance granted in that name: the role `m7` stands for M7.
/// A change is signed by the gateway's own key, after it has passed the rules in the name of who asked.
public final class Gateway: Sendable {
  /// The largest request, in bytes.
  public static let largestRequest = 65_535
  /// How long an answer may take, in milliseconds.
  public static let deadline = 5000
  /// The queue group of all nodes that answer for one community.
  static let queue = "twinergy"

  private let node: Node
  private let connection: Connection
  private let author: GatewayAuthor?
  private let awareness: Awareness
  private let services: Services
  private let meter: PlatformMeter
  private let isCompatible: Bool
  private let clock: @Sendable () -> Instant
  private let admission = Admission()
  private let histories = HistoryReader()

  init(
    _ node: Node, _ connection: Connection, author: GatewayAuthor?, awareness: Awareness, services: Services,
    meter: PlatformMeter, isCompatible: Bool, clock: @escaping @Sendable () -> Instant
  ) {
    (self.node, self.connection, self.author, self.awareness) = (node, connection, author, awareness)
    (self.services, self.meter, self.isCompatible, self.clock) = (services, meter, isCompatible, clock)
  }

  /// Whom it answers for.
  static let receivers: [Correspondent] = Set(
    Community.operations.compactMap { $0.split(separator: " ").first.flatMap { Correspondent(rawValue: String($0)) } }
  ).sorted()

  /// Begins to listen.
  func subscribe() throws(NATSError) -> [(Correspondent, Subscription)] {
    try Self.receivers.map { (receiver) throws(NATSError) in
      (receiver, try connection.subscribe("*.request.\(receiver)", queue: Self.queue))
    }
  }

  /// Answers until the task is cancelled or the connection ends.
  func run(_ subscriptions: [(Correspondent, Subscription)]) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (receiver, messages) in subscriptions {
        group.addTask { [self] in
          for try await message in messages { take(message, receiver) }
        }
      }
      // The first that ends ends all: a gateway that is deaf on one ear says so.
      try await group.next()
      group.cancelAll()
    }
  }

  private func take(_ message: IncomingMessage, _ receiver: Correspondent) {
    // What the log tells is no question to the log.
    if message.headers["Twinergy-Index"] != nil { return }
    let exchange = Exchange(message, receiver: receiver, connection)
    do throws(Rejection) {
      guard let sender = exchange.sender else {
        throw Rejection(.malformed, "request_subject", "\(quoted(message.subject)) names no module that asks")
      }
      try admission.begin(sender, at: Monotonic.milliseconds)
    } catch {
      return refuse(exchange, error, keyID: nil)
    }
    Task {
      await answer(exchange)
      admission.done()
    }
  }

  /// Answers in time, or says that it was too late.
  private func answer(_ exchange: Exchange) async {
    let began = ContinuousClock.now
    let timer = Task {
      try await Task.sleep(for: .milliseconds(Self.deadline))
      let late = Rejection(
        .late, "deadline",
        "no answer within \(Self.deadline) ms; a change may still be recorded, ask again by the same keyId")
      refuse(exchange, late, keyID: nil)
    }
    defer { timer.cancel() }
    var keyID: String?
    do throws(Rejection) {
      guard exchange.message.payload.count <= Self.largestRequest else {
        throw Rejection(.tooLarge, "request_too_large", "a request has at most \(Self.largestRequest) bytes")
      }
      let request = try Request(subject: exchange.message.subject, payload: exchange.message.payload)
      keyID = request.keyID
      let (answer, headers) = try await reply(to: request, exchange.message.payload)
      let isFirst = exchange.answer(
        request.keyID, answer, headers: headers,
        silentFor: awareness.silence(of: exchange.receiver, at: Monotonic.milliseconds))
      guard isFirst else { return }
      meter.answered()
      services.count(exchange.receiver, took: began.duration(to: .now), error: nil)
    } catch {
      refuse(exchange, error, keyID: keyID)
    }
  }

  private func refuse(_ exchange: Exchange, _ rejection: Rejection, keyID: String?) {
    let notice = ErrorNotice(rejection: rejection, keyID: keyID, isCompatible: isCompatible)
    guard exchange.refuse(notice) else { return }
    meter.answered(refusal: rejection.code)
    services.count(exchange.receiver, took: .zero, error: "\(notice.code): \(notice.text)")
    guard admission.mayNotify(at: Monotonic.milliseconds) else { return }
    for message in notice.messages(of: exchange.receiver, at: clock()) {
      try? connection.publish(message.subject, message.payload)
    }
  }
}

extension Gateway {
  private func reply(to request: Request, _ payload: [UInt8]) async throws(Rejection) -> ([UInt8], Headers) {
    let digest = SHA256.hash(payload)
    if let change = try await author?.earlier(request, digest) { return Self.answer(change) }
    let ledger = await node.ledger()
    switch try reply(to: request, ledger) {
    case .answer(let bytes): return (bytes, Self.headers(of: ledger))
    case .history(let query): return (try await histories.read(query, node.store), Self.headers(of: ledger))
    case .events:
      guard let author else {
        throw Rejection(.unavailable, "gateway_without_key", "this node's gateway has no key, so it changes nothing")
      }
      let change = try await author.change(for: request, digest) { [self] (ledger) throws(Rejection) in
        try reply(to: request, ledger)
      }
      return Self.answer(change)
    }
  }

  private static func answer(_ change: PastChange) -> ([UInt8], Headers) {
    (change.answer, ["Twinergy-Index": String(change.index), "Twinergy-Checkpoint": change.checkpoint])
  }

  private func reply(to request: Request, _ ledger: Ledger) throws(Rejection) -> Reply {
    try ledger.community.reply(
      to: request, by: try Self.author(request.sender, ledger.community, at: ledger.size), at: ledger.size,
      time: max(clock(), ledger.time))
  }

  /// What `sender` may do: the roles of all keys that governance has granted in its name.
  static func author(_ sender: Correspondent, _ community: Community, at index: Int) throws(Rejection) -> Author {
    let holders = community.keys.holders(of: sender.role, at: index)
    guard !holders.isEmpty else {
      throw Rejection(
        .forbidden, "module_not_granted",
        "governance has granted no key the role \(sender.role), so \(sender) may ask nothing")
    }
    let roles = Set(holders.flatMap(\.grant.roles)).sorted()
    return Author(roles: roles, party: holders.compactMap(\.grant.party).first)
  }

  private static func headers(of ledger: Ledger) -> Headers {
    ["Twinergy-Checkpoint": "\(ledger.size) \(ledger.tiles.root.base64)"]
  }
}
