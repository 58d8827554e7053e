import Encoding
import Kernel
import Quantities

/// What a meter or plug measured one way, for two days.
public struct MonitorSeries: TableRow {
  /// What tells series apart.
  public struct Key: Hashable, Comparable, Sendable {
    let device: DeviceID
    let channel: Channel

    /// By device, then taken before given.
    public static func < (a: Self, b: Self) -> Bool {
      a.device == b.device ? a.channel < b.channel : a.device < b.device
    }
  }

  /// The members.
  public static let members = Members(
    Self.init, Member("device", \.device), Member("channel", \.channel), Member("energy", \.energy))

  let device: DeviceID
  let channel: Channel
  /// Active energy by slot.
  public internal(set) var energy: SlotSeries<Energy>

  init(device: DeviceID, channel: Channel, energy: SlotSeries<Energy>) {
    (self.device, self.channel, self.energy) = (device, channel, energy)
  }

  /// Device and channel.
  public var key: Key { Key(device: device, channel: channel) }
}

/// How warm and humid it was at an occupant's, for two days.
public struct ClimateSeries: TableRow {
  /// What tells series apart.
  public struct Key: Hashable, Comparable, Sendable {
    let party: PartyID
    let place: Place

    /// By occupant, then in before out.
    public static func < (a: Self, b: Self) -> Bool { a.party == b.party ? a.place < b.place : a.party < b.party }
  }

  /// The members.
  public static let members = Members(
    Self.init, Member("party", \.party), Member("place", \.place), Member("temperature", \.temperature),
    Member("humidity", \.humidity))

  let party: PartyID
  let place: Place
  var temperature: SlotSeries<Measure<MilliCelsius>>
  var humidity: SlotSeries<Measure<PerMille>>

  init(
    party: PartyID, place: Place, temperature: SlotSeries<Measure<MilliCelsius>>,
    humidity: SlotSeries<Measure<PerMille>>
  ) {
    (self.party, self.place, self.temperature, self.humidity) = (party, place, temperature, humidity)
  }

  /// Occupant and place.
  public var key: Key { Key(party: party, place: place) }
}

/// The optimum of a building that M4 found last. What it was made of is in the log.
public struct BehaviourRecord: TableRow {
  /// The members.
  public static let members = Members(
    Self.init, Member("building", \.building), Member("behaviour", \.behaviour), Member("status", \.status))

  let building: BuildingID
  let behaviour: Int
  let status: OptimizationStatus

  init(building: BuildingID, behaviour: Int, status: OptimizationStatus) {
    (self.building, self.behaviour, self.status) = (building, behaviour, status)
  }

  /// The building.
  public var key: BuildingID { building }
}
