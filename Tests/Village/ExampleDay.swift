import Community
import Cryptography
import Encoding
import Foundation
import Kernel
import Log
import Quantities

/// The examples of `Specs/examples/events.jsonl`: every type of event once at least, in an order that a community accepts.
public struct ExampleDay: Sendable {
  /// One event, who says it and when.
  public struct Step: Sendable {
    /// The place of its line, from 0.
    public let number: Int
    /// When it is said.
    public let at: Instant
    /// Who says it.
    public let author: String
    /// The event's text.
    public let event: String
    /// Its type.
    public let type: String
  }

  /// What the platform was told.
  public struct ToldMessage {
    /// The type of the event that it tells of.
    public let type: String
    /// The message.
    public let message: Message
  }

  /// The folder of the specifications.
  public static let specs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Specs")
  /// Who has a role of a module's name.
  public static let modules = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "dt"]

  /// All of it, in order.
  public let steps: [Step]

  /// The day as it stands in the specifications.
  public init() throws {
    let text = try String(contentsOf: Self.specs.appending(path: "examples/events.jsonl"), encoding: .utf8)
    steps = try text.split(separator: "\n").enumerated().map { number, line in
      var fields = try JSONDocument(Array(line.utf8)).root.fields()
      let event = try fields.value("event")
      var members = try event.fields()
      return Step(
        number: number, at: try fields.instant("at"), author: try fields.string("author"),
        event: String(decoding: JSONWriter.bytes { event.write(to: &$0) }, as: UTF8.self),
        type: try members.string("type"))
    }
  }

  /// A village whose modules have keys.
  public static func village() throws -> Village {
    var village = try Village()
    for module in modules {
      try village.say("validator", try grant(module, role: module))
    }
    return village
  }

  /// The event in which the key of `name` gets `role`.
  public static func grant(_ name: String, role: String) throws -> String {
    let grant = try Grant(key: Village.key(name).publicKey, roles: [RoleID(role)])
    return String(decoding: GovernanceEvent.granted(grant).bytes, as: UTF8.self)
  }

  /// Plays the steps before number `end`, telling `observe` of each message.
  public func play(until end: Int = .max, _ observe: @escaping (ToldMessage) -> Void = { _ in }) throws -> Village {
    var village = try Self.village()
    for step in steps.prefix(while: { $0.number < end }) {
      village.time = step.at
      do {
        try village.say(step.author, step.event) { _, fact, context, before in
          for message in before.messages(for: fact, in: context) {
            observe(ToldMessage(type: step.type, message: message))
          }
        }
      } catch {
        throw ExampleError(step: step, error: "\(error)")
      }
    }
    return village
  }
}

/// An example that is not accepted.
public struct ExampleError: Error, CustomStringConvertible {
  let step: ExampleDay.Step
  let error: String
  /// The line, and how it was refused.
  public var description: String { "line \(step.number + 1), \(step.type) by \(step.author): \(error)" }
}
