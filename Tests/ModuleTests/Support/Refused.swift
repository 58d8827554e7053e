import Community
import Foundation
import Quantities
import Village

/// An event that is refused: an example with some members changed.
struct Refused: CustomStringConvertible {
  let type: String
  let code: String
  /// The members that differ from the example, as JSON without braces.
  let changes: String
  /// Whether it comes after the example, not in its place.
  let isAfter: Bool
  /// The example in whose place it comes, where that is another.
  let before: String?
  let author: String?

  init(
    _ type: String, _ code: String, _ changes: String, isAfter: Bool = false, before: String? = nil,
    author: String? = nil
  ) {
    (self.type, self.code, self.changes) = (type, code, changes)
    (self.isAfter, self.before, self.author) = (isAfter, before, author)
  }

  var description: String { "\(type) \(code) \(changes)" }
}

/// The states of the example day, one before each step.
struct DayStates {
  let day: ExampleDay
  private var states: [Village] = []

  init() throws {
    day = try ExampleDay()
    var village = try ExampleDay.village()
    for step in day.steps {
      village.time = step.at
      states.append(village)
      try village.say(step.author, step.event)
    }
    states.append(village)
  }

  /// The state before step `number`, at its time.
  func before(_ number: Int) -> Village { states[number] }

  /// The state after step `number`, at its time.
  func after(_ number: Int) -> Village {
    var village = states[number + 1]
    village.time = day.steps[number].at
    return village
  }

  /// The example of `type` that comes first.
  func first(_ type: String) throws -> ExampleDay.Step {
    guard let step = day.steps.first(where: { $0.type == type }) else { throw MissingExample(type: type) }
    return step
  }

  /// How `refused` is refused; nil where it is accepted.
  func refusal(_ refused: Refused) throws -> Refusal? {
    let step = try first(refused.type)
    let place = try refused.before.map { try first($0) } ?? step
    let village = refused.isAfter ? after(step.number) : before(place.number)
    return try village.refusal(refused.author ?? step.author, Self.merge(step.event, refused.changes))
  }

  static func merge(_ event: String, _ changes: String) throws -> String {
    guard var members = try JSONSerialization.jsonObject(with: Data(event.utf8)) as? [String: Any],
      let changed = try JSONSerialization.jsonObject(with: Data("{\(changes)}".utf8)) as? [String: Any]
    else { return event }
    members.merge(changed) { $1 }
    return String(decoding: try JSONSerialization.data(withJSONObject: members, options: .sortedKeys), as: UTF8.self)
  }
}

struct MissingExample: Error {
  let type: String
}
