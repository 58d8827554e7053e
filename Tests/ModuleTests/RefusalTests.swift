import Community
import Foundation
import Kernel
import Quantities
import Testing
import Village

@Suite("An event that cannot be")
struct RefusalTests {
  static let states = Result { try DayStates() }

  @Test(arguments: Refused.all) func `is refused with its code and leaves no trace`(_ refused: Refused) throws {
    let refusal = try Self.states.get().refusal(refused)
    #expect(refusal?.code == refused.code, "\(refusal.map(String.init(describing:)) ?? "accepted")")
  }

  /// Dora speaks for herself and is no module, so she may say none of the examples.
  @Test func `by somebody who may not say it is refused, whatever it is`() throws {
    let states = try Self.states.get()
    for step in states.day.steps {
      let refusal = try states.before(step.number).refusal("dora", step.event)
      #expect(refusal?.code == "not_authorised" && refusal?.status == .forbidden, "\(step.type)")
    }
  }

  /// A key of one module says nothing of another's.
  @Test func `by another module is refused`() throws {
    let states = try Self.states.get()
    for step in states.day.steps where step.author.hasPrefix("m") {
      let other = step.author == "m6" ? "m8" : "m6"
      #expect(try states.before(step.number).refusal(other, step.event)?.code == "not_authorised", "\(step.type)")
    }
  }

  @Test func `has a member too many or one too few`() throws {
    let states = try Self.states.get()
    for step in states.day.steps {
      let village = states.before(step.number)
      let strange = try DayStates.merge(step.event, #""strange":1"#)
      #expect(try village.refusal(step.author, strange)?.code == "json_unknown_field", "\(step.type)")
    }
  }

  /// Rules that only many events reach, each by its limit.
  @Test func `is one too many`() throws {
    let states = try Self.states.get()
    let set = try states.first("restriction.set")
    var village = states.before(set.number)
    for number in 0..<64 {
      try village.say("dso", DayStates.merge(set.event, #""restriction":"x\#(number)""#))
    }
    #expect(try village.refusal("dso", set.event)?.code == "restrictions_full")

    let booked = try states.first("booking.made")
    village = states.before(booked.number)
    for number in 0..<64 {
      let start = booked.at.milliseconds + (number + 1) * 3_600_000
      let changes = #""booking":"x\#(number)","start":\#(start),"end":\#(start + 3_600_000)"#
      try village.say("bert", DayStates.merge(booked.event, changes))
    }
    let last = booked.at.milliseconds + 100 * 3_600_000
    let event = try DayStates.merge(booked.event, #""start":\#(last),"end":\#(last + 1)"#)
    #expect(try village.refusal("bert", event)?.code == "bookings_full")

    let area = try states.first("area.registered")
    village = states.after(area.number)
    for first in stride(from: 0, to: 999, by: 111) {
      try village.say("operator", (first..<first + 111).map { try DayStates.merge(area.event, #""area":"x\#($0)""#) })
    }
    #expect(try village.refusal("operator", DayStates.merge(area.event, #""area":"y""#))?.code == "areas_full")
    #expect(try village.refusal("operator", area.event) == nil)
  }

  @Test func `charges beyond what the DSO allows`() throws {
    let states = try Self.states.get()
    let started = try states.first("session.started")
    let set = try states.first("restriction.set")
    var village = states.before(started.number)
    let narrow = #""restriction":"r9","start":\#(started.at.milliseconds),"end":\#(started.at.milliseconds + 1),"#
    try village.say("dso", DayStates.merge(set.event, narrow + #""maximum":10999,"minimum":-11000"#))
    #expect(try village.refusal("m7", started.event)?.code == "curve_restricted")
    #expect(
      try village.refusal(
        "m7", DayStates.merge(started.event, #""curve":{"imported":[2749,2750],"exported":[0,0]}"#)) == nil)
  }

  /// Each code that a module's rules know is reached by one of the tests above.
  @Test func `is known by every code of the rules`() throws {
    let sources = ExampleDay.specs.deletingLastPathComponent().appending(path: "Sources")
    var codes: Set<String> = []
    for module in Community.modulesUnderTest {
      for path in FileManager.default.enumerator(atPath: sources.appending(path: module).path)! {
        guard let path = path as? String, path.hasSuffix(".swift"), !path.contains("Request") else { continue }
        let text = try String(contentsOf: sources.appending(path: "\(module)/\(path)"), encoding: .utf8)
        for match in text.matches(of: /Rejection\(\s*\.[a-z]+,\s*"([a-z_0-9]+)"/) { codes.insert(String(match.1)) }
      }
    }
    let reached = Set(
      Refused.all.map(\.code) + ["restrictions_full", "bookings_full", "areas_full", "curve_restricted"])
    // A hundred thousand buildings are too many for a quick test; the rule is that of areas.
    #expect(codes.subtracting(reached) == ["buildings_full"])
  }
}

extension Community {
  static let modulesUnderTest = [
    "Kernel/Platform", "Kernel/Registry/Events", "Modules/Comfort", "Modules/ConsumerFlexibility",
    "Modules/NeighbourhoodFlexibility", "Modules/EnergyMonitoring", "Modules/DERManagement", "Modules/Risk",
    "Modules/TwinEV", "Modules/Social",
  ]
}
