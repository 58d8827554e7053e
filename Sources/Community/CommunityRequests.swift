import Encoding
import Kernel
import Quantities

extension Community {
  typealias Replier = @Sendable (Community, Request, Context) throws(Rejection) -> Reply

  private static let repliers: [String: Replier] = Dictionary(
    uniqueKeysWithValues: parts.flatMap { $0.replies.map { ($0.name, $0.reply) } })

  /// What the module that is asked makes of `request`.
  ///
  /// Events that it answers with have passed the rules in the name of `author`, so that a gateway's key, which may do
  /// more, does nothing for a correspondent that the correspondent may not do.
  ///
  /// - Parameters:
  ///   - author: who asks, as the platform knows it.
  ///   - time: now, as the next block would have it.
  public func reply(to request: Request, by author: Author, at index: Int, time: Instant) throws(Rejection) -> Reply {
    guard let replier = Self.repliers["\(request.receiver) \(request.operation)"] else {
      throw Rejection(
        .unknown, "operation_unknown", "\(request.receiver) has no operation \(quoted(request.operation))")
    }
    let context = Context(author: author, index: index, time: time, registry: registry)
    let reply = try replier(self, request, context)
    if case .events(let events, _) = reply { try rehearse(events, author, index, time) }
    return reply
  }

  /// Refuses events that may not follow the present state one after another.
  private func rehearse(
    _ events: [any ModuleEvent], _ author: Author, _ index: Int, _ time: Instant
  ) throws(Rejection) {
    var trial = self
    for event in events {
      let context = Context(author: author, index: index, time: time, registry: trial.registry)
      let fact: Fact
      do {
        fact = try Fact(JSONDocument(event.bytes).root)
      } catch let error as JSONError {
        throw Rejection(error)
      } catch let error as Refusal {
        throw Rejection(error.status, error.code, error.sentence)
      } catch {
        preconditionFailure("reading an event throws nothing else: \(error)")
      }
      guard case .module(let routed) = fact else { preconditionFailure("\(event) is no module's") }
      try routed.check(in: &trial, context)
      routed.apply(to: &trial, context)
    }
  }

  /// What can be asked, each "M9 get_balance": the receiver and the operation's name.
  public static var operations: [String] { repliers.keys.sorted() }

  /// What every type of event and message looks like, in the order of the modules.
  public static var contracts: [EventContract] { parts.flatMap(\.contracts) }
}
