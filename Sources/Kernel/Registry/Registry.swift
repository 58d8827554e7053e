import Encoding
import HashTreeCollections
import Quantities

/// The people, devices and consortia that all modules share.
///
/// People stand here under pseudonyms; who they are is kept off the log.
public struct Registry: Sendable {
  /// A participant of the community.
  public struct Participant: Sendable, Hashable {
    /// Whether it has not left.
    public internal(set) var isActive: Bool
    /// The commitment to its profile.
    public internal(set) var commitment: String?
  }

  /// A registered device.
  public struct Device: Sendable, Hashable {
    /// What it is.
    public let kind: DeviceKind
    /// Whose it is.
    public internal(set) var owners: Shares
    /// The consortium that it belongs to.
    public internal(set) var consortium: PartyID?
  }

  /// Parties that act as one.
  public struct Consortium: Sendable, Hashable {
    /// Its members, in the order in which they joined.
    public internal(set) var members: [PartyID]
    /// Its devices, in the order in which they were added.
    public internal(set) var devices: [DeviceID]
  }

  var participants: TreeDictionary<PartyID, Participant> = [:]
  var devices: TreeDictionary<DeviceID, Device> = [:]
  var consortia: TreeDictionary<PartyID, Consortium> = [:]
  var areas = Table<AreaRegistered>()
  var buildings = Table<BuildingRegistered>()

  /// The most areas of a community.
  public static let maximumAreas = 1000
  /// The most buildings of a community.
  public static let maximumBuildings = 100_000

  /// The registry of a community that nobody has joined.
  public init() {}

  /// The participant called `id`, whether or not it has left.
  public func participant(_ id: PartyID) -> Participant? { participants[id] }

  /// The device called `id`.
  public func device(_ id: DeviceID) -> Device? { devices[id] }

  /// The consortium called `id`.
  public func consortium(_ id: PartyID) -> Consortium? { consortia[id] }

  /// The area called `id`.
  public func area(_ id: AreaID) -> AreaRegistered? { areas[id] }

  /// The building called `id`.
  public func building(_ id: BuildingID) -> BuildingRegistered? { buildings[id] }

  /// All buildings in `area`, in the order of their names.
  public func buildings(in area: AreaID) -> [BuildingRegistered] { buildings.sorted.filter { $0.area == area } }

  /// The other participants with a building in an area where `party` has one, in the order of their names.
  public func neighbours(of party: PartyID) -> [PartyID] {
    let areas = Set(buildings.unordered.filter { $0.party == party }.map(\.area))
    return Set(buildings.unordered.filter { areas.contains($0.area) }.map(\.party)).subtracting([party]).sorted()
  }

  /// All devices that `party` owns a part of, in the order of their names.
  public func devices(of party: PartyID) -> [DeviceID] {
    devices.filter { $0.value.owners.contains(party) }.map(\.key).sorted()
  }

  /// Whether `id` is a consortium, or a participant that has not left.
  public func isActive(_ id: PartyID) -> Bool {
    participants[id]?.isActive ?? (consortia[id] != nil)
  }

  /// How many participants have joined and not left, how many devices and consortia there are.
  public var counts: (participants: Int, devices: Int, consortia: Int) {
    (participants.values.count { $0.isActive }, devices.count, consortia.count)
  }

  /// Refuses a party that does not exist or has left.
  public func requireActive(_ id: PartyID) throws(Rejection) {
    guard isActive(id) else {
      throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(id)")
    }
  }

  /// The area called `id`, which must exist.
  @discardableResult
  public func requireArea(_ id: AreaID) throws(Rejection) -> AreaRegistered {
    guard let area = areas[id] else { throw Rejection(.unknown, "area_unknown", "Area does not exist: \(id)") }
    return area
  }

  /// The building called `id`, which must exist.
  @discardableResult
  public func requireBuilding(_ id: BuildingID) throws(Rejection) -> BuildingRegistered {
    guard let building = buildings[id] else {
      throw Rejection(.unknown, "building_unknown", "Building does not exist: \(id)")
    }
    return building
  }

  /// The device called `id`, which must exist and be one of `kinds` where they are given.
  @discardableResult
  public func requireDevice(_ id: DeviceID, _ kinds: DeviceKind...) throws(Rejection) -> Device {
    guard let device = devices[id] else {
      throw Rejection(.unknown, "device_unknown", "Device does not exist: \(id)")
    }
    guard kinds.isEmpty || kinds.contains(device.kind) else {
      let wanted = kinds.map(\.rawValue).joined(separator: " or ")
      throw Rejection(.invalid, "device_kind", "\(id) is a \(device.kind.rawValue), not a \(wanted)")
    }
    return device
  }
}
