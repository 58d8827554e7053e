import Community
import Cryptography
import Kernel
import Log
import Market
import Node
import Quantities
import Storage
import Transactive

/// The community whose life the bench writes into a log: households that order and meter, day after day.
///
/// Everything is drawn from the counter hash of ORDERS-v1, so two runs write the same entries.
struct Village: Sendable {
  /// One who signs entries.
  struct Author: Sendable {
    let name: String
    let key: SecretKey

    init(_ name: String) throws {
      self.name = name
      key = try SecretKey(seed: SHA256.hash(Array("bench author \(name)".utf8)).bytes)
    }

    /// The entry number `sequence` of this author.
    func entry(_ sequence: Int, at time: Instant, _ events: [[UInt8]]) throws -> [UInt8] {
      try EntryDraft(
        chain: Village.chain, id: EntryID("\(name)-\(sequence)"), sequence: sequence, at: time, events: events
      ).signed(by: key).bytes
    }
  }

  /// A household, its meter and its key, which speaks for both.
  struct Household: Sendable {
    let author: Author
    let party: PartyID
    let meter: DeviceID
  }

  static let chain = "bench.example/lem"
  static let lem = named("lem", LEMID.init)
  /// Slots of a day.
  static let slots = 96
  /// Leaves between two digests of the state: what `genesis new` proposes.
  static let stateInterval = 16_384
  private static let firstSlot = 1_979_712

  let validator: ValidatorKeys
  let governance: Author
  let `operator`: Author
  let dso: Author
  let households: [Household]
  let genesis: Genesis

  init(households count: Int) throws {
    (governance, `operator`, dso) = (try Author("validator"), try Author("operator"), try Author("dso"))
    validator = ValidatorKeys(name: "bench", vote: governance.key, cosign: try Author("cosigner").key)
    households = try (0..<count).map { number in
      let name = "h\(number)"
      return Household(author: try Author(name), party: try PartyID(name), meter: try DeviceID("\(name).meter"))
    }
    genesis = try Genesis(
      origin: Self.chain, time: Self.midnight(0).advanced(byMilliseconds: -30 * 86_400_000),
      validators: ValidatorSet([
        .init(name: validator.name, vote: validator.vote.publicKey, cosign: validator.cosign.publicKey)
      ]),
      grants: [
        Grant(key: governance.key.publicKey, roles: [.validator]),
        Grant(key: `operator`.key.publicKey, roles: [.operator]),
        Grant(key: dso.key.publicKey, roles: [.dso]),
      ], parameters: Genesis.Parameters(stateInterval: Self.stateInterval))
  }

  /// An identifier known when the program is written.
  private static func named<Name>(_ text: String, _ make: (String) throws -> Name) -> Name {
    guard let name = try? make(text) else { preconditionFailure("\(text) names nothing") }
    return name
  }

  /// The first slot of day `day`; every other day of the calendar is one.
  static func first(_ day: Int) throws -> Slot { try Slot(firstSlot + 2 * day * slots) }

  /// When day `day` begins.
  static func midnight(_ day: Int) -> Instant {
    Instant(milliseconds: (firstSlot + 2 * day * slots) * Slot.milliseconds)
  }

  /// When all of day `day` is metered.
  static func morrow(_ day: Int) -> Instant { midnight(day).advanced(byMilliseconds: 86_400_000) }

  /// When the orders of day `day` are placed: the evening before.
  static func eve(_ day: Int) -> Instant { midnight(day).advanced(byMilliseconds: -6 * 3_600_000) }
}

extension Village {
  /// The events that found the village, in parts that fit one entry each: the keys, then people, meters and accounts.
  func founding() throws -> (grants: [[[UInt8]]], joining: [[[UInt8]]]) {
    let grants = try households.map {
      try GovernanceEvent.granted(
        Grant(key: $0.author.key.publicKey, roles: [.party, .gateway], party: $0.party)
      ).bytes
    }
    let joining = households.flatMap { household in
      [
        ParticipantJoined(participant: household.party).bytes,
        DeviceRegistered(device: household.meter, kind: .meter, owners: .sole(household.party)).bytes,
        AccountOpened(lem: Self.lem, party: household.party).bytes,
      ]
    }
    return (Self.parts(grants, of: 128), Self.parts(joining, of: 192))
  }

  private static func parts(_ events: [[UInt8]], of count: Int) -> [[[UInt8]]] {
    stride(from: 0, to: events.count, by: count).map { Array(events[$0..<min($0 + count, events.count)]) }
  }

  /// The market's opening.
  func opening() throws -> [UInt8] {
    let terms = Terms(currency: try Currency("EUR"), zone: try TimeZoneRule("UTC0"))
    return LEMOpened(lem: Self.lem, terms: terms).bytes
  }

  /// The tariffs of day `day`.
  func tariffs(_ day: Int) throws -> [UInt8] {
    let tariffs = Array(repeating: try MarketOrders.tariff(), count: Self.slots)
    return (try TariffPublished(lem: Self.lem, first: Self.first(day), tariffs: tariffs)).bytes
  }
}

extension Village {
  /// What each household orders for day `day`: `each` entries of one order in one slot.
  func orders(_ day: Int, each: Int, from sequence: Int) throws -> [[[UInt8]]] {
    try signed { number, household in
      try (0..<each).map { order in
        let wish = Wish(day, number, order)
        let event = try OrderPlaced(
          lem: Self.lem, party: household.party, order: OrderID("\(household.party)-d\(day)-\(order)"), side: wish.side,
          first: slot(day, number, order, each), prices: [wish.price], energies: [wish.energy])
        return try household.author.entry(
          sequence + order, at: Self.eve(day), [event.bytes])
      }
    }
  }

  /// What each household orders for day `day`: one entry whose curve has an order in each of the 96 slots.
  func curves(_ day: Int, from sequence: Int) throws -> [[[UInt8]]] {
    try signed { number, household in
      let wishes = (0..<Self.slots).map { Wish(day, number, $0) }
      let event = try OrderPlaced(
        lem: Self.lem, party: household.party, order: OrderID("\(household.party)-d\(day)"), side: wishes[0].side,
        first: Self.first(day), prices: wishes.map(\.price), energies: wishes.map(\.energy))
      return [
        try household.author.entry(sequence, at: Self.eve(day), [event.bytes])
      ]
    }
  }

  /// What the household's meters say after day `day`: `each` entries of one slot, the slots of its orders.
  func readings(_ day: Int, each: Int, from sequence: Int) throws -> [[[UInt8]]] {
    try signed { number, household in
      try (0..<each).map { order in
        let wish = Wish(day, number, order)
        let isSeller = wish.side == .ask
        let event = try ReadingRecorded(
          lem: Self.lem, device: household.meter, first: slot(day, number, order, each),
          imported: [isSeller ? .zero : wish.energy], exported: [isSeller ? wish.energy : .zero])
        return try household.author.entry(
          sequence + order, at: Self.morrow(day), [event.bytes])
      }
    }
  }

  /// The slot of a household's order: the day is spread over the orders, and the households over the day.
  private func slot(_ day: Int, _ household: Int, _ order: Int, _ each: Int) throws -> Slot {
    try Self.first(day).advanced(by: (household + order * (Self.slots / each)) % Self.slots)
  }

  /// Makes the entries of all households on all cores.
  private func signed(_ entries: @Sendable (Int, Household) throws -> [[UInt8]]) throws -> [[[UInt8]]] {
    try concurrently(households, stride: 8) { number, household in
      Result { try entries(number, household) }
    }.map { try $0.get() }
  }

  /// What a household wants.
  private struct Wish {
    let side: Side
    let price: Price
    let energy: Energy

    init(_ day: Int, _ household: Int, _ order: Int) {
      func draw(_ place: Int, _ bound: Int) -> Int {
        let index = ((day * 1_000_003 + household) * 128 + order) * 3 + place
        return Int(MarketOrders.draw(UInt64(index)) % UInt64(bound))
      }
      side = household % 2 == 0 ? .bid : .ask
      price = Price(units: MarketOrders.feedIn + draw(0, MarketOrders.retail - MarketOrders.feedIn + 1))
      energy = Energy(wattHours: 10 + draw(1, 2_491))
    }
  }
}
