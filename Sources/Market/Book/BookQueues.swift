import Quantities

/// The resting orders of a book: a queue for each price in one arena, so that nothing is allocated for an order.
struct BookQueues {
  struct Node {
    var order: BookOrder
    /// What is left of the order's energy.
    var left: Int
    var next: Int32 = -1
    var previous: Int32 = -1
    var generation: UInt32
    var rests = false
  }

  struct Level {
    var head: Int32 = -1
    var tail: Int32 = -1
    var energy = 0
  }

  private(set) var nodes: [Node] = []
  private var free: Int32 = -1
  private let lowest: Int
  private let highest: Int
  /// A page of levels for each 256 prices, made when the first order comes.
  private var directory: [Int32]
  private var levels: [Level] = []
  private var bids: Occupancy
  private var asks: Occupancy

  init(_ tariff: Tariff, capacity: Int) {
    lowest = tariff.feedIn.units
    highest = tariff.retail.units
    let count = highest - lowest + 1
    directory = Array(repeating: -1, count: (count + 255) / 256)
    bids = Occupancy(count: count)
    asks = Occupancy(count: count)
    nodes.reserveCapacity(capacity)
  }

  /// The best price of a side, in µ-units/kWh.
  func best(_ side: BookSide) -> Int? {
    let offset = side == .bid ? bids.last(upTo: highest - lowest) : asks.first(from: 0)
    return offset.map { $0 + lowest }
  }

  /// The next worse price of a side.
  func next(_ side: BookSide, after price: Int) -> Int? {
    let offset = price - lowest
    return (side == .bid ? bids.last(upTo: offset - 1) : asks.first(from: offset + 1)).map { $0 + lowest }
  }

  /// The level at a price that holds or held orders.
  func level(at price: Int) -> Level { levels[slot(price)] }

  /// Whether an id still names an order in the book.
  func contains(_ id: BookOrderID) -> Bool {
    nodes.indices.contains(Int(id.index)) && nodes[Int(id.index)].generation == id.generation
      && nodes[Int(id.index)].rests
  }

  func id(_ index: Int32) -> BookOrderID { BookOrderID(index: index, generation: nodes[Int(index)].generation) }

  /// Takes an order into the arena; it rests nowhere yet.
  mutating func make(_ order: BookOrder) -> Int32 {
    if free >= 0 {
      let index = free
      free = nodes[Int(index)].next
      let generation = nodes[Int(index)].generation
      nodes[Int(index)] = Node(order: order, left: order.order.energy.units, generation: generation)
      return index
    }
    nodes.append(Node(order: order, left: order.order.energy.units, generation: 0))
    return Int32(nodes.count - 1)
  }

  /// Gives an order's place in the arena back.
  mutating func discard(_ index: Int32) {
    nodes[Int(index)].generation &+= 1
    nodes[Int(index)].rests = false
    nodes[Int(index)].next = free
    free = index
  }

  /// Puts an order at the end of the queue of its price.
  mutating func append(_ index: Int32) {
    let order = nodes[Int(index)].order
    let price = order.order.price.units
    let slot = makeSlot(price)
    nodes[Int(index)].rests = true
    nodes[Int(index)].next = -1
    nodes[Int(index)].previous = levels[slot].tail
    if levels[slot].tail >= 0 {
      nodes[Int(levels[slot].tail)].next = index
    } else {
      levels[slot].head = index
      occupy(order.side, price)
    }
    levels[slot].tail = index
    levels[slot].energy += nodes[Int(index)].left
  }

  /// Takes `energy` from what is left of a resting order.
  mutating func reduce(_ index: Int32, by energy: Int) {
    nodes[Int(index)].left -= energy
    levels[slot(nodes[Int(index)].order.order.price.units)].energy -= energy
  }

  /// Takes `energy` from what is left of an order that does not rest.
  mutating func consume(_ index: Int32, _ energy: Int) { nodes[Int(index)].left -= energy }

  /// Takes an order out of its queue.
  mutating func unlink(_ index: Int32) {
    let node = nodes[Int(index)]
    let price = node.order.order.price.units
    let slot = slot(price)
    if node.previous >= 0 { nodes[Int(node.previous)].next = node.next } else { levels[slot].head = node.next }
    if node.next >= 0 { nodes[Int(node.next)].previous = node.previous } else { levels[slot].tail = node.previous }
    levels[slot].energy -= node.left
    if levels[slot].head < 0 { vacate(node.order.side, price) }
  }

  private mutating func occupy(_ side: BookSide, _ price: Int) {
    if side == .bid { bids.insert(price - lowest) } else { asks.insert(price - lowest) }
  }

  private mutating func vacate(_ side: BookSide, _ price: Int) {
    if side == .bid { bids.remove(price - lowest) } else { asks.remove(price - lowest) }
  }

  private func slot(_ price: Int) -> Int {
    let offset = price - lowest
    return Int(directory[offset >> 8]) << 8 + offset & 255
  }

  private mutating func makeSlot(_ price: Int) -> Int {
    let page = (price - lowest) >> 8
    if directory[page] < 0 {
      directory[page] = Int32(levels.count >> 8)
      levels.append(contentsOf: repeatElement(Level(), count: 256))
    }
    return slot(price)
  }
}
