import Community
import Cryptography
import Encoding
import Foundation
import Kernel
import Log
import Quantities
import Village

/// The examples of `Specs/examples/events.jsonl`: every type of event once at least, in an order that a community accepts.
struct ExampleDay {
  /// One event, who says it and when.
  struct Step {
    let number: Int
    let at: Instant
    let author: String
    let event: String
    let type: String
  }

  /// What the platform was told.
  struct ToldMessage {
    let type: String
    let message: Message
  }

  static let specs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Specs")

  let steps: [Step]

  init() throws {
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
  static func village() throws -> Village {
    var village = try Village()
    for module in ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "dt"] {
      try village.say("validator", try grant(module, role: module))
    }
    return village
  }

  static func grant(_ name: String, role: String) throws -> String {
    let grant = try Grant(key: Village.key(name).publicKey, roles: [RoleID(role)])
    return String(decoding: GovernanceEvent.granted(grant).bytes, as: UTF8.self)
  }

  /// Plays the steps before number `end`, telling `observe` of each message.
  func play(until end: Int = .max, _ observe: @escaping (ToldMessage) -> Void = { _ in }) throws -> Village {
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
struct ExampleError: Error, CustomStringConvertible {
  let step: ExampleDay.Step
  let error: String
  var description: String { "line \(step.number + 1), \(step.type) by \(step.author): \(error)" }
}
