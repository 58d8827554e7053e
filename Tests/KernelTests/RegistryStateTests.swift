import Community
import Kernel
import Quantities
import Testing
import Village

@Suite("The registry's state") struct RegistryStateTests {
  @Test func `is one text for each history`() throws {
    var village = try Village()
    #expect(village.part("registry") == "")
    let commitment = String(repeating: "0a", count: 32)
    try village.say(
      "operator", #"{"type":"participant.joined","participant":"bert","commitment":"\#(commitment)"}"#,
      #"{"type":"participant.joined","participant":"anna"}"#, #"{"type":"participant.joined","participant":"carl"}"#)
    #expect(
      village.part("registry")
        == #"{"participants":[{"participant":"anna","active":true},{"participant":"bert","active":true,"commitment":""#
        + commitment
        + #""},{"participant":"carl","active":true}],"devices":[],"consortia":[],"areas":[],"buildings":[]}"#)
    try village.say("operator", Say.meter("m2", [("anna", 1_000_000)]), Say.meter("m1", [("bert", 1_000_000)]))
    try village.say("operator", link("m2", "carl", [("carl", 1), ("anna", 999_999)]))
    try village.say(
      "operator", #"{"type":"consortium.formed","consortium":"c","members":["carl","anna"],"devices":["m2"]}"#)
    try village.say(
      "operator",
      #"{"type":"consortium.changed","consortium":"c","joined":["bert"],"left":["carl"],"added":["m1"],"removed":["m2"]}"#
    )
    try village.say("operator", #"{"type":"participant.left","participant":"carl"}"#)
    #expect(
      village.part("registry")
        == #"{"participants":[{"participant":"anna","active":true},{"participant":"bert","active":true,"commitment":""#
        + commitment + #""},{"participant":"carl","active":false}],"devices":["#
        + #"{"device":"m1","kind":"meter","owners":[{"party":"bert","share":1000000}],"consortium":"c"},"#
        + #"{"device":"m2","kind":"meter","owners":[{"party":"carl","share":1},{"party":"anna","share":999999}]}],"#
        + #""consortia":[{"consortium":"c","members":["anna","bert"],"devices":["m1"]}],"areas":[],"buildings":[]}"#)
  }

  @Test func `forgets what leaves`() throws {
    var village = try Village()
    try village.say("operator", #"{"type":"participant.joined","participant":"anna"}"#)
    try village.say("operator", Say.meter("m", [("anna", 1_000_000)]))
    try village.say("operator", #"{"type":"consortium.formed","consortium":"c","members":["anna"],"devices":["m"]}"#)
    try village.say("operator", #"{"type":"device.removed","device":"m"}"#)
    let registry = village.community.registry
    #expect(registry.device(try DeviceID("m")) == nil)
    #expect(registry.consortium(try PartyID("c"))?.devices == [])
    try village.say(
      "operator",
      #"{"type":"consortium.changed","consortium":"c","joined":[],"left":["anna"],"added":[],"removed":[]}"#)
    try village.say("operator", #"{"type":"participant.left","participant":"anna"}"#)
    #expect(try !village.community.registry.isActive(PartyID("anna")))
    #expect(village.community.registry.counts.participants == 0)
  }

  @Test func `unlinks an owner and keeps the device whole`() throws {
    var village = try Village()
    for party in ["anna", "bert", "carl"] {
      try village.say("operator", #"{"type":"participant.joined","participant":"\#(party)"}"#)
    }
    try village.say("operator", Say.meter("m", [("anna", 333_333), ("bert", 333_333), ("carl", 333_334)]))
    try village.say("operator", link("m", "bert", [("carl", 400_000), ("anna", 600_000)], "unlinked"))
    let owners = try #require(village.community.registry.device(DeviceID("m"))).owners.owners
    #expect(owners.map(\.party.text) == ["carl", "anna"])
    #expect(owners.map(\.partsPerMillion) == [400_000, 600_000])
  }

  private func link(_ device: String, _ party: String, _ owners: [(String, Int)], _ what: String = "linked") -> String {
    #"{"type":"device.\#(what)","device":"\#(device)","party":"\#(party)","owners":[\#(Say.shares(owners))]}"#
  }
}
