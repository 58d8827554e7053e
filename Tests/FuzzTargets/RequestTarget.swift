import Community
import Encoding
import Kernel
import Quantities
import Village

extension FuzzTarget {
  /// A request of one module to another: its subject in the first line, then its payload.
  func request(_ bytes: [UInt8]) throws {
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
    let request = try Request(
      subject: String(decoding: bytes[..<end], as: UTF8.self), payload: Array(bytes[end...].dropFirst()))
    let day = Fixture.day
    switch try day.community.reply(to: request, by: Fixture.anybody, at: day.index, time: day.time) {
    case .answer(let answer): _ = try JSONDocument(request.response(answer).payload)
    case .events(let events, let answer):
      _ = try JSONDocument(answer)
      for event in events { _ = try JSONDocument(event.bytes) }
    case .history(let query): precondition(query.period.lowerBound <= query.period.upperBound)
    }
  }
}

extension Fixture {
  /// A community in which all has happened once, and nobody has left.
  static let day = made {
    let day = try ExampleDay()
    return try day.play(until: day.steps.firstIndex { $0.type == "account.closed" } ?? .max)
  }
  /// One who may do all.
  static let anybody = made {
    Author(
      roles: try (ExampleDay.modules + ["operator", "dso", "gateway", "party"]).map { try RoleID($0) },
      party: try PartyID("anna"))
  }
}
