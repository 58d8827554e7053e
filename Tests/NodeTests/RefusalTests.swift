import Community
import Log
import Replica
import Testing
import Village

@Suite("What several validators refuse") struct RefusalTests {
  private static func join(_ name: String, _ sequence: Int) throws -> SignedLine {
    try Village.line("operator", sequence: sequence, [#"{"type":"participant.joined","participant":"\#(name)"}"#])
  }

  @Test func `is refused at once where nobody is ahead`() throws {
    var circle = try Circle()
    try circle.submit(Self.join("anna", 1), to: 0)
    try circle.submit(Self.join("anna", 2), to: 2)
    #expect(circle.refused.map(\.place) == [2])
    #expect(circle.replicas.map(\.ledger.height) == [1, 1, 1, 1])
    circle.away = [0]
    try circle.submit(Self.join("anna", 3), to: 1)
    #expect(circle.refused.map(\.place) == [2, 1])
  }

  @Test func `is not refused before a quorum has answered`() throws {
    var circle = try Circle()
    try circle.submit(Self.join("anna", 1), to: 0)
    circle.away = [0, 1]
    try circle.submit(Self.join("anna", 2), to: 2)
    for _ in 0..<5 { try circle.tick() }
    #expect(circle.refused.isEmpty)
    circle.away = []
    try circle.tick()
    #expect(circle.refused.contains { $0.place == 2 })
  }

  @Test func `is not refused by one that has fallen behind`() throws {
    var circle = try Circle()
    circle.away = [3]
    try circle.submit(
      Village.line(
        "operator", sequence: 1,
        [#"{"type":"lem.opened","lem":"l","currency":"EUR","zone":"UTC0","k":"1/2","margin":"pro-rata","lead":0}"#]),
      to: 0)
    try circle.submit(Self.join("anna", 2), to: 0)
    #expect(circle.replicas.map(\.ledger.height) == [2, 2, 2, 0])
    circle.away = []
    let account = try Village.line("operator", sequence: 3, [#"{"type":"account.opened","lem":"l","party":"anna"}"#])
    try circle.submit(account, to: 3)
    try circle.tick()
    #expect(circle.refused.isEmpty && circle.replicas.map(\.ledger.height) == [3, 3, 3, 3])
  }
}
