import Encoding
import Kernel
import Quantities

/// `load.forecast`: what the members of a LEM are expected to take, a day ahead.
public struct LoadForecast: EventPayload {
  /// The event's type.
  public static let type = "load.forecast"
  /// The members.
  public static let members = Members(
    Self.init(lem:first:energy:), Member("lem", \.lem), Member("first", \.slots.first),
    Member(curve: "energy", \.energy))

  /// The market.
  public let lem: LEMID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// Expected in each slot.
  public let energy: [EnergySum]

  /// What the members say.
  public init(lem: LEMID, first: Slot, energy: [EnergySum]) throws(JSONError) {
    self.lem = lem
    self.energy = energy
    slots = try SlotRange(first, curves: energy.count)
  }
}

/// `generation.forecast`: what the members of a LEM are expected to produce, a day ahead.
public struct GenerationForecast: EventPayload {
  /// The event's type.
  public static let type = "generation.forecast"
  /// The members.
  public static let members = Members(
    Self.init(lem:first:energy:), Member("lem", \.lem), Member("first", \.slots.first),
    Member(curve: "energy", \.energy))

  /// The market.
  public let lem: LEMID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// Expected in each slot.
  public let energy: [EnergySum]

  /// What the members say.
  public init(lem: LEMID, first: Slot, energy: [EnergySum]) throws(JSONError) {
    self.lem = lem
    self.energy = energy
    slots = try SlotRange(first, curves: energy.count)
  }
}
