import Testing
import Village

/// A community with anna, bert and carl, a meter of anna's, one of hers and bert's, and a consortium of those two.
private func village() throws -> Village {
  var village = try Village()
  for party in ["anna", "bert", "carl", "gone"] {
    try village.say("operator", #"{"type":"participant.joined","participant":"\#(party)"}"#)
  }
  try village.say("operator", #"{"type":"participant.left","participant":"gone"}"#)
  try village.say("operator", Say.meter("m1", [("anna", 1_000_000)]))
  try village.say("operator", Say.meter("m2", [("anna", 600_000), ("bert", 400_000)]))
  try village.say("operator", consortium("c", ["anna", "bert"], ["m2"]))
  return village
}

private func joined(_ party: String) -> String { #"{"type":"participant.joined","participant":"\#(party)"}"# }

private func left(_ party: String) -> String { #"{"type":"participant.left","participant":"\#(party)"}"# }

private func linked(_ device: String, _ party: String, _ owners: [(String, Int)], _ what: String = "linked") -> String {
  #"{"type":"device.\#(what)","device":"\#(device)","party":"\#(party)","owners":[\#(Say.shares(owners))]}"#
}

private func removed(_ device: String) -> String { #"{"type":"device.removed","device":"\#(device)"}"# }

private func consortium(_ id: String, _ members: [String], _ devices: [String]) -> String {
  #"{"type":"consortium.formed","consortium":"\#(id)","members":\#(members),"devices":\#(devices)}"#
}

private func changed(
  _ id: String, joined: [String] = [], left: [String] = [], added: [String] = [], removed: [String] = []
) -> String {
  #"{"type":"consortium.changed","consortium":"\#(id)","joined":\#(joined),"left":\#(left),"added":\#(added),"#
    + #""removed":\#(removed)}"#
}

@Suite("The registry") struct RegistryRefusalTests {
  @Test(arguments: [
    (joined("anna"), "prosumer_exists", 409),
    (joined("gone"), "prosumer_exists", 409),
    (joined("c"), "prosumer_exists", 409),
    (left("nobody"), "prosumer_unknown", 404),
    (left("gone"), "prosumer_unknown", 404),
    (left("c"), "prosumer_unknown", 404),
    (left("anna"), "consortium_member_exists", 409),
  ])
  func `refuses people`(event: String, code: String, status: Int) throws {
    try expect(event, code, status)
  }

  @Test(arguments: [
    (Say.meter("m1", [("anna", 1_000_000)]), "device_exists", 409),
    (Say.meter("m3", [("nobody", 1_000_000)]), "prosumer_unknown", 404),
    (Say.meter("m3", [("gone", 1_000_000)]), "prosumer_unknown", 404),
    (linked("m9", "carl", [("carl", 1_000_000)]), "device_unknown", 404),
    (linked("m1", "nobody", [("anna", 1), ("nobody", 999_999)]), "prosumer_unknown", 404),
    (linked("m1", "anna", [("anna", 1_000_000)]), "device_prosumer_relation_exists", 409),
    (linked("m1", "carl", [("anna", 1_000_000)]), "shares_invalid", 422),
    (linked("m1", "carl", [("anna", 1), ("bert", 1), ("carl", 999_998)]), "shares_invalid", 422),
    (linked("m9", "anna", [("anna", 1_000_000)], "unlinked"), "device_unknown", 404),
    (linked("m1", "bert", [("anna", 1_000_000)], "unlinked"), "device_prosumer_relation_unknown", 404),
    (linked("m2", "bert", [("bert", 1_000_000)], "unlinked"), "shares_invalid", 422),
    (linked("m2", "bert", [("anna", 500_000), ("bert", 500_000)], "unlinked"), "shares_invalid", 422),
    (linked("m1", "anna", [("bert", 1_000_000)], "unlinked"), "shares_invalid", 422),
    (removed("m9"), "device_unknown", 404),
  ])
  func `refuses devices`(event: String, code: String, status: Int) throws {
    try expect(event, code, status)
  }

  @Test(arguments: [
    (consortium("c", ["carl"], []), "prosumer_exists", 409),
    (consortium("anna", ["carl"], []), "prosumer_exists", 409),
    (consortium("gone", ["carl"], []), "prosumer_exists", 409),
    (consortium("d", ["carl", "carl"], []), "consortium_change_invalid", 422),
    (consortium("d", ["nobody"], []), "prosumer_unknown", 404),
    (consortium("d", ["gone"], []), "prosumer_unknown", 404),
    (consortium("d", ["carl"], ["m1", "m1"]), "consortium_change_invalid", 422),
    (consortium("d", ["carl"], ["m9"]), "device_unknown", 404),
    (consortium("d", ["carl"], ["m2"]), "device_consortium_relation_exists", 409),
    (changed("d", joined: ["carl"]), "consortium_unknown", 404),
    (changed("c", joined: ["nobody"]), "prosumer_unknown", 404),
    (changed("c", joined: ["anna"]), "consortium_member_exists", 409),
    (changed("c", joined: ["c"]), "consortium_member_exists", 409),
    (changed("c", added: ["m2"]), "device_consortium_relation_exists", 409),
    (changed("c", added: ["m9"]), "device_unknown", 404),
    (changed("c", left: ["carl"]), "consortium_member_unknown", 404),
    (changed("c", removed: ["m1"]), "device_consortium_relation_unknown", 404),
    (changed("c", removed: ["m9"]), "device_consortium_relation_unknown", 404),
    (changed("c"), "consortium_change_invalid", 422),
    (changed("c", joined: ["carl", "carl"]), "consortium_change_invalid", 422),
    (changed("c", left: ["anna", "anna"]), "consortium_change_invalid", 422),
    (changed("c", removed: ["m2", "m2"]), "consortium_change_invalid", 422),
  ])
  func `refuses consortia`(event: String, code: String, status: Int) throws {
    try expect(event, code, status)
  }

  @Test(arguments: [
    joined("dora"), left("carl"), Say.meter("m3", [("anna", 1_000_000)]),
    linked("m1", "carl", [("anna", 500_000), ("carl", 500_000)]),
    linked("m2", "bert", [("anna", 1_000_000)], "unlinked"),
    removed("m1"), consortium("d", ["carl"], []), changed("c", joined: ["carl"]),
  ])
  func `hears the operator alone`(event: String) throws {
    let village = try village()
    #expect(try village.refusal("operator", event) == nil)
    for author in Village.authors where author != "operator" {
      let refusal = try #require(try village.refusal(author, event))
      #expect(refusal.code == "not_authorised" && refusal.status == .forbidden)
    }
  }

  @Test(arguments: [
    (joined(""), "json_value"), (joined("-a"), "json_value"), (joined("a b"), "json_value"),
    (joined("ä"), "json_value"), (joined(String(repeating: "a", count: 65)), "json_value"),
    (#"{"type":"participant.joined"}"#, "json_missing"),
    (#"{"type":"participant.joined","participant":7}"#, "json_type"),
    (#"{"type":"participant.joined","participant":"dora","name":"Dora"}"#, "json_unknown_field"),
    (#"{"type":"participant.joined","participant":"dora","commitment":"00"}"#, "json_value"),
    (Say.meter("m3", [("anna", 999_999)]), "json_value"),
    (Say.meter("m3", [("anna", 1_000_001)]), "json_value"),
    (Say.meter("m3", [("anna", 1_000_000), ("bert", 0)]), "json_value"),
    (Say.meter("m3", [("anna", 500_000), ("anna", 500_000)]), "json_value"),
    (Say.meter("m3", []), "json_value"),
    (Say.meter("m3", (0..<101).map { ("p\($0)", $0 == 0 ? 999_900 : 1) }), "json_value"),
    (Say.meter("m3", [("anna", 9_007_199_254_740_991), ("bert", 9_007_199_254_740_991)]), "json_value"),
    (Say.meter("m3", [("anna", 1_000_000)], kind: "toaster"), "json_value"),
  ])
  func `refuses what is not an event of its type`(event: String, code: String) throws {
    try expect(event, code, 400)
  }

  private func expect(_ event: String, _ code: String, _ status: Int) throws {
    let refusal = try #require(try village().refusal("operator", event), "it is accepted, or leaves a trace")
    #expect(refusal.code == code)
    #expect(refusal.status.rawValue == status)
  }
}
