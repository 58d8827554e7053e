import Encoding
import HashTreeCollections
import Quantities

/// The canonical form of the registry: everything sorted by its identifier.
extension Registry {
  /// Writes the whole registry.
  public func write(to writer: inout JSONWriter) {
    writer.object { registry in
      registry.field("participants", each: participants.sorted { $0.key < $1.key }) { writer, entry in
        writer.object { fields in
          fields.field("participant", entry.key)
          fields.name("active")
          fields.boolean(entry.value.isActive)
          if let commitment = entry.value.commitment { fields.field("commitment", commitment) }
        }
      }
      registry.field("devices", each: devices.sorted { $0.key < $1.key }) { writer, entry in
        writer.object { fields in
          DeviceRegistered(device: entry.key, kind: entry.value.kind, owners: entry.value.owners).write(fields: &fields)
          if let consortium = entry.value.consortium { fields.field("consortium", consortium) }
        }
      }
      registry.field("consortia", each: consortia.sorted { $0.key < $1.key }) { writer, entry in
        writer.object { fields in
          ConsortiumFormed(consortium: entry.key, members: entry.value.members, devices: entry.value.devices)
            .write(fields: &fields)
        }
      }
      registry.field("areas") { areas.write(to: &$0) }
      registry.field("buildings") { buildings.write(to: &$0) }
    }
  }

  /// Reads back what ``write(to:)`` wrote.
  public static func read(_ state: JSONValue) throws(JSONError) -> Registry {
    var registry = Registry()
    var fields = try state.fields()
    for (id, row) in try fields.array("participants", Self.participant) { registry.participants[id] = row }
    for (id, row) in try fields.array("devices", Self.device) { registry.devices[id] = row }
    for (id, row) in try fields.array("consortia", Self.consortium) { registry.consortia[id] = row }
    registry.areas = try fields.read("areas", Table.read)
    registry.buildings = try fields.read("buildings", Table.read)
    try fields.finish()
    return registry
  }

  private static func participant(_ value: JSONValue) throws(JSONError) -> (PartyID, Participant) {
    var fields = try value.fields()
    let id: PartyID = try fields.identifier("participant")
    let isActive = try fields.read("active") { (value) throws(JSONError) in try value.boolean() }
    let commitment = try fields.readIfPresent("commitment") { (value) throws(JSONError) in try value.string() }
    try fields.finish()
    return (id, Participant(isActive: isActive, commitment: commitment))
  }

  private static func device(_ value: JSONValue) throws(JSONError) -> (DeviceID, Device) {
    var fields = try value.fields()
    let event = try DeviceRegistered(&fields)
    let consortium: PartyID? = try fields.readIfPresent("consortium") { (value) throws(JSONError) in
      try value.identifier()
    }
    try fields.finish()
    return (event.device, Device(kind: event.kind, owners: event.owners, consortium: consortium))
  }

  private static func consortium(_ value: JSONValue) throws(JSONError) -> (PartyID, Consortium) {
    var fields = try value.fields()
    let event = try ConsortiumFormed(&fields)
    try fields.finish()
    return (event.consortium, Consortium(members: event.parties, devices: event.devices))
  }
}
