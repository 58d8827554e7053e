import Cryptography
import Encoding
import Kernel
import Quantities

/// `market.cleared`: the auction's result for consecutive slots. Every validator computes it too and refuses another.
public struct MarketCleared: EventPayload {
  /// The event's type.
  public static let type = "market.cleared"
  /// The market.
  public let lem: LEMID
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// The energy traded in each slot.
  public let volumes: [Energy]
  /// The clearing price of each slot; none where nothing was traded.
  public let prices: [Price?]
  /// The hash of the prices, to which transactions refer: ``hash(lem:slots:prices:)``.
  public let priceHash: String

  /// The result from `first` on, with the hash of its prices.
  public init(lem: LEMID, first: Slot, volumes: [Energy], prices: [Price?]) throws(JSONError) {
    (self.lem, self.volumes, self.prices) = (lem, volumes, prices)
    slots = try SlotRange(first, curves: [volumes.count, prices.count])
    priceHash = Self.hash(lem: lem, slots: slots, prices: prices)
  }

  /// SHA-256 in hexadecimal over the line `<lem>` and a line `<slot> <price>` for each slot, `-` for no price.
  public static func hash(lem: LEMID, slots: SlotRange, prices: [Price?]) -> String {
    let lines = zip(slots, prices).map { slot, price in "\(slot.number) \(price.map { String($0.units) } ?? "-")\n" }
    return SHA256.hash(Array("\(lem)\n\(lines.joined())".utf8)).hex
  }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    lem = try fields.identifier("lem")
    let first = try fields.slot("first")
    volumes = try fields.array("volume") { (value) throws(JSONError) in
      // A volume is a sum over parties, so the bound of one party does not hold.
      let wattHours = try value.integer()
      guard wattHours >= 0 else { throw JSONError(.value, "a volume is negative") }
      return Energy(wattHours: wattHours)
    }
    prices = try fields.array("price") { (value) throws(JSONError) in value.isNull ? nil : try value.price() }
    priceHash = try fields.string("priceHash")
    slots = try SlotRange(first, curves: [volumes.count, prices.count])
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    writer.field("first", slots.first)
    writer.field("volume", volumes)
    writer.field("price", each: prices) { writer, price in
      if let price { writer.integer(price.units) } else { writer.null() }
    }
    writer.field("priceHash", priceHash)
  }
}

/// `reading.recorded`: what a billing meter measured in consecutive slots.
public struct ReadingRecorded: EventPayload {
  /// The event's type.
  public static let type = "reading.recorded"
  /// The market.
  public let lem: LEMID
  /// The meter.
  public let device: DeviceID
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// Taken from the grid in each slot.
  public let imported: [Energy]
  /// Given to the grid in each slot.
  public let exported: [Energy]

  /// What `device` measured from `first` on.
  public init(lem: LEMID, device: DeviceID, first: Slot, imported: [Energy], exported: [Energy]) throws(JSONError) {
    (self.lem, self.device, self.imported, self.exported) = (lem, device, imported, exported)
    slots = try SlotRange(first, curves: [imported.count, exported.count])
  }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    lem = try fields.identifier("lem")
    device = try fields.identifier("device")
    let first = try fields.slot("first")
    imported = try fields.read("imported") { (value) throws(JSONError) in try value.energies() }
    exported = try fields.read("exported") { (value) throws(JSONError) in try value.energies() }
    slots = try SlotRange(first, curves: [imported.count, exported.count])
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    writer.field("device", device)
    writer.field("first", slots.first)
    writer.field("imported", imported)
    writer.field("exported", exported)
  }
}

/// `slot.settled`: consecutive slots are paid. Every validator computes the curves too and refuses others.
public struct SlotSettled: EventPayload {
  /// The event's type.
  public static let type = "slot.settled"
  /// The market.
  public let lem: LEMID
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// Energy that members gave and other members took, in each slot.
  public let local: [Energy]
  /// Energy that the LEM took from the grid, in each slot.
  public let imported: [Energy]
  /// Energy that the LEM gave to the grid, in each slot.
  public let exported: [Energy]

  /// The settlement from `first` on.
  public init(
    lem: LEMID, first: Slot, local: [Energy], imported: [Energy], exported: [Energy]
  ) throws(JSONError) {
    (self.lem, self.local, self.imported, self.exported) = (lem, local, imported, exported)
    slots = try SlotRange(first, curves: [local.count, imported.count, exported.count])
  }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    func totals(_ value: JSONValue) throws(JSONError) -> [Energy] {
      let totals = try value.integers()
      guard totals.allSatisfy({ $0 >= 0 }) else { throw JSONError(.value, "a total is negative") }
      return totals.map { Energy(wattHours: $0) }
    }
    lem = try fields.identifier("lem")
    let first = try fields.slot("first")
    local = try fields.read("local", totals)
    imported = try fields.read("imported", totals)
    exported = try fields.read("exported", totals)
    slots = try SlotRange(first, curves: [local.count, imported.count, exported.count])
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    writer.field("first", slots.first)
    writer.field("local", local)
    writer.field("imported", imported)
    writer.field("exported", exported)
  }
}
