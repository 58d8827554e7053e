import Community
import Encoding
import Kernel
import Log
import Quantities
import Testing
import Village

@Suite("An event of an older form") struct FormTests {
  /// Once a participant came with its town, then with nothing but its name, under two older types.
  private static let forms = EventForms([
    Upcaster(from: "participant.arrived", to: "participant.arrived/2") { (fields) throws(JSONError) in
      let (name, _) = (try fields.string("name"), try fields.string("town"))
      return { $0.field("name", name) }
    },
    Upcaster(from: "participant.arrived/2", to: "participant.joined") { (fields) throws(JSONError) in
      let name = try fields.string("name")
      return { $0.field("participant", name) }
    },
  ])

  private func digest(_ event: String, _ forms: EventForms = Self.forms) throws -> String {
    let village = try Village()
    var community = village.community
    let line = try Village.line("operator", sequence: 1, [event])
    try community.apply(EntryFacts(Entry(line), forms), at: 1, time: village.time)
    return StateSnapshot(community).digest.hex
  }

  @Test func `does what its newest form does`() throws {
    let newest = try digest(#"{"type":"participant.joined","participant":"anna"}"#)
    #expect(try digest(#"{"type":"participant.joined","participant":"anna"}"#, .current) == newest)
    #expect(try digest(#"{"type":"participant.arrived/2","name":"anna"}"#) == newest)
    #expect(try digest(#"{"type":"participant.arrived","name":"anna","town":"Hagedorn"}"#) == newest)
    #expect(try digest(#"{"town":"Hagedorn","name":"anna","type":"participant.arrived"}"#) == newest)
  }

  @Test(arguments: [
    (#"{"type":"participant.arrived","name":"anna"}"#, "json_missing"),
    (#"{"type":"participant.arrived/2","name":"anna","town":"Hagedorn"}"#, "json_unknown_field"),
    (#"{"type":"participant.arrived/2","name":"an na"}"#, "json_value"),
    (#"{"type":"participant.arrived/3","name":"anna"}"#, "event_unknown"),
    (#"{"type":"participant.joined/2","participant":"anna"}"#, "event_unknown"),
  ])
  func `is read as strictly as any`(event: String, code: String) throws {
    let error = #expect(throws: Refusal.self) { try digest(event) }
    #expect(error?.code == code)
  }

  @Test func `stops a replay where this program does not know it`() throws {
    var log = try VillageLog()
    try log.say("operator", [#"{"type":"participant.joined","participant":"anna"}"#])
    let block = try log.seal()
    let unknown = try Village.line("operator", sequence: 2, [#"{"type":"participant.joined/2","participant":"bert"}"#])
    var reader = Ledger(log.genesis)
    var blocks = LogBlocks()
    for leaf in block.entries.map(\.line) + [block.line] {
      if let next = try blocks.append(leaf) { try reader.follow(next) }
    }
    _ = try blocks.append(unknown.bytes)
    let next = try #require(try blocks.append(block.line))
    let error = #expect(throws: ReplayError.self) { try reader.follow(next) }
    #expect(error?.code == "event_unknown")
    #expect(error?.index == 3)
  }
}
