import Foundation
import Log
import Storage
import Testing
import Village

@Suite("The state at a point") struct StateTests {
  private func village(_ scratch: Scratch, _ name: String, participants: Int, extra: String? = nil) throws {
    var log = try VillageLog(participants: participants)
    if let extra {
      try log.say("operator", [extra])
      try log.seal()
    }
    let store = try LogStore.create(scratch(name), genesis: log.genesis)
    for block in log.blocks { try store.commit(block) }
  }

  @Test func `is printed with its digest, and compared by path`() async throws {
    let scratch = try Scratch()
    try village(scratch, "a", participants: 6)
    // Blocks of three entries: leaves 1 to 4, 5 to 8.
    let early = try await Program("replay", scratch("a"), "--to", "2", "--json")
    #expect(early.status == 0 && early.output.contains(#""size":5,"height":1,"#))
    #expect(early.output.contains(#"{"participant":"p2","active":true}"#) && !early.output.contains(#""p3""#))
    #expect(try await Program("replay", scratch("a"), "--to", "0", "--json").output.contains(#""size":1,"height":0,"#))
    #expect(try await Program("replay", scratch("a"), "--to", "9").status == 1)
    #expect(try await Program("replay", scratch("a"), "--module", "registry").output.contains(#""part":"registry""#))
    #expect(try await Program("replay", scratch("a"), "--module", "M9").status == 0)
    try scratch.write(Array(early.output.utf8), "early.json")
    #expect(try await Program("audit", "diff", scratch("early.json"), scratch("a") + "@4").status == 0)
    let later = try await Program("audit", "diff", scratch("early.json"), scratch("a"))
    #expect(later.status == 1)
    #expect(later.output.contains(#"registry.participants[p3]: nothing → {"participant":"p3","active":true}"#))
    #expect(later.output.contains(".seq: 3 → 6"))
    #expect(later.verdict == "bad: the states differ in 4 places")
  }

  @Test func `is compared from the first entry at which two logs differ`() async throws {
    let scratch = try Scratch()
    let joined = #"{"type":"participant.joined","participant":"x"}"#
    try village(scratch, "a", participants: 6)
    try village(scratch, "same", participants: 6)
    try village(scratch, "longer", participants: 6, extra: joined)
    try village(scratch, "other", participants: 6, extra: #"{"type":"participant.left","participant":"p0"}"#)
    #expect(
      try await Program("audit", "diff", scratch("a"), scratch("same")).verdict
        == "good: both logs have the same 9 leaves")
    let longer = try await Program("audit", "diff", scratch("a"), scratch("longer"))
    #expect(longer.status == 1 && longer.output.contains("entry 9 of A: nothing\n"))
    #expect(longer.verdict == "bad: the logs differ from entry 9 on; the states differ in 2 places")
    let other = try await Program("audit", "diff", scratch("longer"), scratch("other"))
    #expect(other.status == 1)
    #expect(other.output.contains("registry.participants[p0].active: true → false\n"))
    #expect(other.output.contains(#"registry.participants[x]: {"participant":"x","active":true} → nothing"#))
    let json = try await Program("audit", "diff", scratch("longer"), scratch("other"), "--json")
    #expect(json.output.contains(#"{"path":"registry.participants[p0].active","a":true,"b":false}"#))
    #expect(try await Program("audit", "diff", scratch("a"), scratch("nowhere")).status == 10)
    #expect(try await Program("audit", "diff", scratch("a"), scratch("nowhere") + "@3").status == 10)
    #expect(try await Program("audit", "diff", scratch("a"), scratch("a") + "@99").status == 1)
  }
}
