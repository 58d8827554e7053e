import HashTreeCollections
import Market
import Quantities

/// The slots of a LEM, each behind one reference: asking one where it stands, or adding an order to it, copies nothing of
/// it, and a copy of the table shares all of them until they change.
struct SlotTable: Sendable {
  /// The place of a slot in memory.
  private struct Place: Sendable {
    /// Unchecked is safe here: it is changed only while nobody else refers to it.
    private final class Storage: @unchecked Sendable {
      var state: SlotState

      init(_ state: SlotState) { self.state = state }
    }

    private var storage: Storage

    init(_ state: SlotState) { storage = Storage(state) }

    var state: SlotState {
      get { storage.state }
      _modify {
        if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.state) }
        yield &storage.state
      }
    }

    func terms(_ side: Side) -> OrderTerms {
      let isOpen = storage.state.phase == .open && storage.state.rounds < LocalMarket.maximumRounds
      return side == .bid
        ? OrderTerms(
          isOpen: isOpen, tariff: storage.state.tariff, orders: storage.state.bids.orders.count,
          energy: storage.state.bids.energy)
        : OrderTerms(
          isOpen: isOpen, tariff: storage.state.tariff, orders: storage.state.asks.orders.count,
          energy: storage.state.asks.energy)
    }
  }

  /// What a slot asks of an order for one side of its book: numbers alone, since most of a day's events ask for them.
  struct OrderTerms {
    /// Whether it takes orders at all.
    var isOpen: Bool
    /// The bounds of the price.
    var tariff: Tariff
    /// How many orders stand there already.
    var orders: Int
    /// Their energy in Wh.
    var energy: Int
  }

  private var places: TreeDictionary<Slot, Place> = [:]

  /// The state of `slot`; nil before its tariff is published.
  subscript(slot: Slot) -> SlotState? {
    get { places[slot]?.state }
    set { places[slot] = newValue.map(Place.init) }
  }

  /// The state of `slot`, changed in place.
  ///
  /// - Precondition: its tariff is published.
  subscript(known slot: Slot) -> SlotState {
    get { places[slot]!.state }
    _modify { yield &places[slot]!.state }
  }

  /// What `slot` asks of an order; nil before its tariff is published.
  func terms(_ slot: Slot, _ side: Side) -> OrderTerms? { places[slot]?.terms(side) }

  /// All slots in the order of time.
  var sorted: [(slot: Slot, state: SlotState)] {
    places.map { ($0.key, $0.value.state) }.sorted { $0.slot < $1.slot }
  }
}
