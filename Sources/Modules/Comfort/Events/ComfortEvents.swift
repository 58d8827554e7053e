import Encoding
import Kernel
import Quantities

/// `comfort.assessed`: how warm or cold an occupant is inferred to feel, and what it tolerates.
public struct ComfortAssessed: EventPayload, TableRow {
  /// The event's type.
  public static let type = "comfort.assessed"
  /// The members.
  public static let members = Members(
    Self.init(party:value:minimum:maximum:), Member("party", \.party), Member("value", \.value),
    Member("minimum", \.minimum), Member("maximum", \.maximum))

  /// Who.
  public let party: PartyID
  /// −3 cold … 3 hot.
  public let value: Measure<ThermalSensation>
  /// The coldest that it tolerates.
  public let minimum: Measure<ThermalSensation>
  /// The hottest that it tolerates.
  public let maximum: Measure<ThermalSensation>

  /// What the members say.
  public init(
    party: PartyID, value: Measure<ThermalSensation>, minimum: Measure<ThermalSensation>,
    maximum: Measure<ThermalSensation>
  ) {
    self.party = party
    self.value = value
    self.minimum = minimum
    self.maximum = maximum
  }

  /// What tells rows apart.
  public var key: PartyID { party }
}

/// `comfort.predicted`: the sensation that an occupant is expected to have.
public struct ComfortPredicted: EventPayload, TableRow {
  /// The event's type.
  public static let type = "comfort.predicted"
  /// The members.
  public static let members = Members(
    Self.init(party:first:value:), Member("party", \.party), Member("first", \.slots.first),
    Member(curve: "value", \.value))

  /// Who.
  public let party: PartyID
  /// The slots that the curve covers.
  public let slots: SlotRange
  /// −3 cold … 3 hot, in each slot.
  public let value: [Measure<ThermalSensation>]

  /// What the members say.
  public init(party: PartyID, first: Slot, value: [Measure<ThermalSensation>]) throws(JSONError) {
    self.party = party
    self.value = value
    slots = try SlotRange(first, curves: value.count)
  }

  /// What tells rows apart.
  public var key: PartyID { party }
}

/// `comfort.preferred`: what an occupant wants its rooms to be, and how willing it is to give way.
public struct PreferencesChosen: EventPayload, TableRow {
  /// The event's type.
  public static let type = "comfort.preferred"
  /// The members.
  public static let members = Members(
    Self.init(party:minimumTemperature:maximumTemperature:minimumHumidity:maximumHumidity:willingness:),
    Member("party", \.party), Member("minimumTemperature", \.minimumTemperature),
    Member("maximumTemperature", \.maximumTemperature), Member("minimumHumidity", \.minimumHumidity),
    Member("maximumHumidity", \.maximumHumidity), Member("willingness", \.willingness))

  /// Who.
  public let party: PartyID
  /// The coldest.
  public let minimumTemperature: Measure<MilliCelsius>
  /// The warmest.
  public let maximumTemperature: Measure<MilliCelsius>
  /// The driest.
  public let minimumHumidity: Measure<PerMille>
  /// The most humid.
  public let maximumHumidity: Measure<PerMille>
  /// To take part in demand response: 0 never, 100 % always.
  public let willingness: Measure<PerMille>

  /// What the members say.
  public init(
    party: PartyID, minimumTemperature: Measure<MilliCelsius>, maximumTemperature: Measure<MilliCelsius>,
    minimumHumidity: Measure<PerMille>, maximumHumidity: Measure<PerMille>, willingness: Measure<PerMille>
  ) {
    self.party = party
    self.minimumTemperature = minimumTemperature
    self.maximumTemperature = maximumTemperature
    self.minimumHumidity = minimumHumidity
    self.maximumHumidity = maximumHumidity
    self.willingness = willingness
  }

  /// What tells rows apart.
  public var key: PartyID { party }
}
