import Encoding
import Kernel
import Quantities

/// `monitor.recorded`: what a meter or plug measured in quarter-hours.
public struct MonitorRecorded: EventPayload {
  /// The event's type.
  public static let type = "monitor.recorded"
  /// The members.
  public static let members = Members(
    Self.init(device:channel:first:energy:reactive:minimumVoltage:maximumVoltage:), Member("device", \.device),
    Member("channel", \.channel), Member("first", \.slots.first), Member(curve: "energy", \.energy),
    Member(curve: "reactive", \.reactive), Member(curve: "minVoltage", \.minimumVoltage),
    Member(curve: "maxVoltage", \.maximumVoltage))

  /// The meter or plug.
  public let device: DeviceID
  /// Which way.
  public let channel: Channel
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// Active energy in each slot.
  public let energy: [Energy]
  /// Reactive energy in each slot.
  public let reactive: [Measure<VarHour>]
  /// The lowest voltage in each slot.
  public let minimumVoltage: [Measure<Millivolt>]
  /// The highest voltage in each slot.
  public let maximumVoltage: [Measure<Millivolt>]

  /// What the members say.
  public init(
    device: DeviceID, channel: Channel, first: Slot, energy: [Energy], reactive: [Measure<VarHour>],
    minimumVoltage: [Measure<Millivolt>], maximumVoltage: [Measure<Millivolt>]
  ) throws(JSONError) {
    self.device = device
    self.channel = channel
    self.energy = energy
    self.reactive = reactive
    self.minimumVoltage = minimumVoltage
    self.maximumVoltage = maximumVoltage
    slots = try SlotRange(first, curves: energy.count, reactive.count, minimumVoltage.count, maximumVoltage.count)
  }
}

/// `climate.recorded`: how warm and humid it was at an occupant's.
public struct ClimateRecorded: EventPayload {
  /// The event's type.
  public static let type = "climate.recorded"
  /// The members.
  public static let members = Members(
    Self.init(party:place:first:temperature:humidity:), Member("party", \.party), Member("place", \.place),
    Member("first", \.slots.first), Member(curve: "temperature", \.temperature), Member(curve: "humidity", \.humidity))

  /// At whose.
  public let party: PartyID
  /// Inside or outside.
  public let place: Place
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// In each slot.
  public let temperature: [Measure<MilliCelsius>]
  /// In each slot.
  public let humidity: [Measure<PerMille>]

  /// What the members say.
  public init(
    party: PartyID, place: Place, first: Slot, temperature: [Measure<MilliCelsius>], humidity: [Measure<PerMille>]
  ) throws(JSONError) {
    self.party = party
    self.place = place
    self.temperature = temperature
    self.humidity = humidity
    slots = try SlotRange(first, curves: temperature.count, humidity.count)
  }
}
