import Encoding
import Quantities

/// The rules of the registry. Sentences begin with the texts of D7.1 Table 26 where it has one.
extension Registry: Module {
  /// The registry.
  public static let id = ModuleID.registry

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<Registry>.Type] = [
    ParticipantJoined.self, ParticipantLeft.self, DeviceRegistered.self, DeviceLinked.self, DeviceUnlinked.self,
    DeviceRemoved.self, ConsortiumFormed.self, ConsortiumChanged.self, AreaRegistered.self, BuildingRegistered.self,
  ]

  mutating func remove(_ device: DeviceID) {
    if let consortium = devices[device]!.consortium { consortia[consortium]!.devices.removeAll { $0 == device } }
    devices[device] = nil
  }

  mutating func change(_ event: ConsortiumChanged) {
    var consortium = consortia[event.consortium]!
    consortium.members.removeAll(where: event.left.contains)
    consortium.members += event.joined
    consortium.devices.removeAll(where: event.removed.contains)
    consortium.devices += event.added
    consortia[event.consortium] = consortium
    for device in event.removed { devices[device]!.consortium = nil }
    for device in event.added { devices[device]!.consortium = event.consortium }
  }
}

extension Registry {
  func requireFree(_ party: PartyID) throws(Rejection) {
    guard participants[party] == nil, consortia[party] == nil else {
      throw Rejection(.conflict, "prosumer_exists", "Prosumer account already exists: \(party)")
    }
  }

  func known(_ device: DeviceID) throws(Rejection) -> Device {
    guard let found = devices[device] else {
      throw Rejection(.unknown, "device_unknown", "Device does not exist: \(device)")
    }
    return found
  }

  func check(_ event: ParticipantLeft) throws(Rejection) {
    guard participants[event.participant]?.isActive == true else {
      throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(event.participant)")
    }
    if let consortium = consortia.filter({ $0.value.members.contains(event.participant) }).keys.min() {
      throw Rejection(.conflict, "consortium_member_exists", "\(event.participant) is still a member of \(consortium)")
    }
  }

  func check(_ event: DeviceRegistered) throws(Rejection) {
    guard devices[event.device] == nil else {
      throw Rejection(.conflict, "device_exists", "Device already exists: \(event.device)")
    }
    for owner in event.owners.owners { try requireActive(owner.party) }
  }

  func check(_ event: DeviceLinked) throws(Rejection) {
    let device = try known(event.device)
    try requireActive(event.party)
    guard !device.owners.contains(event.party) else {
      throw Rejection(
        .conflict, "device_prosumer_relation_exists",
        "Device already has an existing prosumer relation: \(event.device) with \(event.party)")
    }
    let parties = Set(device.owners.owners.map(\.party)).union([event.party])
    try requireDivision(of: event.device, event.owners, among: parties)
  }

  func check(_ event: DeviceUnlinked) throws(Rejection) {
    let device = try known(event.device)
    guard device.owners.contains(event.party) else {
      throw Rejection(
        .unknown, "device_prosumer_relation_unknown", "\(event.party) owns no part of \(event.device)")
    }
    let parties = Set(device.owners.owners.map(\.party)).subtracting([event.party])
    try requireDivision(of: event.device, event.owners, among: parties)
  }

  private func requireDivision(of device: DeviceID, _ owners: Shares, among parties: Set<PartyID>) throws(Rejection) {
    guard Set(owners.owners.map(\.party)) == parties else {
      let names = parties.sorted().map(\.text).joined(separator: ", ")
      throw Rejection(.invalid, "shares_invalid", "the new shares of \(device) must be those of \(names)")
    }
  }

  func check(_ event: ConsortiumFormed) throws(Rejection) {
    try requireFree(event.consortium)
    try requireMembers(event.parties, joining: event.consortium, of: [])
    try requireDevices(event.devices)
  }

  func check(_ event: ConsortiumChanged) throws(Rejection) {
    guard let consortium = consortia[event.consortium] else {
      throw Rejection(.unknown, "consortium_unknown", "Consortium does not exist: \(event.consortium)")
    }
    try requireMembers(event.joined, joining: event.consortium, of: consortium.members)
    try requireDevices(event.added)
    for party in event.left where !consortium.members.contains(party) {
      throw Rejection(.unknown, "consortium_member_unknown", "\(party) is not a member of \(event.consortium)")
    }
    for device in event.removed where devices[device]?.consortium != event.consortium {
      throw Rejection(.unknown, "device_consortium_relation_unknown", "\(device) is not of \(event.consortium)")
    }
    let parties = event.joined + event.left
    let things = event.added + event.removed
    let distinct = Set(parties).count == parties.count && Set(things).count == things.count
    guard distinct, !parties.isEmpty || !things.isEmpty else {
      throw Rejection(.invalid, "consortium_change_invalid", "the change is empty or names one thing twice")
    }
  }

  private func requireMembers(
    _ parties: [PartyID], joining consortium: PartyID, of members: [PartyID]
  ) throws(Rejection) {
    guard Set(parties).count == parties.count else {
      throw Rejection(.invalid, "consortium_change_invalid", "a member of \(consortium) is named twice")
    }
    for party in parties {
      try requireActive(party)
      guard party != consortium, !members.contains(party) else {
        throw Rejection(
          .conflict, "consortium_member_exists",
          "Prosumer is already a member of the consortium: \(party) of \(consortium)")
      }
    }
  }

  private func requireDevices(_ ids: [DeviceID]) throws(Rejection) {
    guard Set(ids).count == ids.count else {
      throw Rejection(.invalid, "consortium_change_invalid", "a device is named twice")
    }
    for id in ids where try known(id).consortium != nil {
      throw Rejection(
        .conflict, "device_consortium_relation_exists", "Device already has an existing consortium relation: \(id)")
    }
  }
}
