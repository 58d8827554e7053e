import Cryptography
import Encoding
import Kernel
import Quantities

/// `market.cleared`: the auction's result for consecutive slots. Every validator computes it too and refuses another.
public struct MarketCleared: EventPayload {
  /// The event's type.
  public static let type = "market.cleared"
  /// The members.
  public static let members = Members(
    { (lem: LEMID, first: Slot, volumes: [EnergySum], prices: [Price?], priceHash: String) throws(JSONError) in
      try Self(lem: lem, first: first, volumes: volumes.map(\.energy), prices: prices, priceHash: priceHash)
    },
    Member("lem", \.lem), Member("first", \.slots.first), Member(curve: "volume") { $0.volumes.map(EnergySum.init) },
    Member(curve: "price", \.prices), Member("priceHash", \.priceHash))

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

  private init(lem: LEMID, first: Slot, volumes: [Energy], prices: [Price?], priceHash: String) throws(JSONError) {
    (self.lem, self.volumes, self.prices, self.priceHash) = (lem, volumes, prices, priceHash)
    slots = try SlotRange(first, curves: [volumes.count, prices.count])
  }

  /// SHA-256 in hexadecimal over the line `<lem>` and a line `<slot> <price>` for each slot, `-` for no price.
  public static func hash(lem: LEMID, slots: SlotRange, prices: [Price?]) -> String {
    let lines = zip(slots, prices).map { slot, price in "\(slot.number) \(price.map { String($0.units) } ?? "-")\n" }
    return SHA256.hash(Array("\(lem)\n\(lines.joined())".utf8)).hex
  }
}

/// `reading.recorded`: what a billing meter measured in consecutive slots.
public struct ReadingRecorded: EventPayload {
  /// The event's type.
  public static let type = "reading.recorded"
  /// The members.
  public static let members = Members(
    Self.init(lem:device:first:imported:exported:), Member("lem", \.lem), Member("device", \.device),
    Member("first", \.slots.first), Member(curve: "imported", \.imported), Member(curve: "exported", \.exported))

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
}

/// `slot.settled`: consecutive slots are paid. Every validator computes the curves too and refuses others.
public struct SlotSettled: EventPayload {
  /// The event's type.
  public static let type = "slot.settled"
  /// The members.
  public static let members = Members(
    { (lem: LEMID, first: Slot, local: [EnergySum], imported: [EnergySum], exported: [EnergySum]) throws(JSONError) in
      try Self(
        lem: lem, first: first, local: local.map(\.energy), imported: imported.map(\.energy),
        exported: exported.map(\.energy))
    },
    Member("lem", \.lem), Member("first", \.slots.first), Member(curve: "local") { $0.local.map(EnergySum.init) },
    Member(curve: "imported") { $0.imported.map(EnergySum.init) },
    Member(curve: "exported") { $0.exported.map(EnergySum.init) })

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
}
