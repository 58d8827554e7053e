import Encoding
import HashTreeCollections
import Market
import Quantities

/// The canonical form of M9's state: LEMs by name, members by number, slots by time, orders by acceptance.
extension Transactive {
  /// Writes the whole state.
  public func write(to writer: inout JSONWriter) {
    writer.object { state in
      state.field("lems", each: lems.sorted { $0.key < $1.key }) { writer, entry in
        writer.object { fields in
          fields.field("lem", entry.key)
          entry.value.write(to: &fields)
        }
      }
    }
  }

  /// Reads back what ``write(to:)`` wrote.
  public static func read(_ state: JSONValue) throws(JSONError) -> Transactive {
    var fields = try state.fields()
    let lems = try fields.array("lems") { (value) throws(JSONError) in
      var fields = try value.fields()
      let id: LEMID = try fields.identifier("lem")
      let market = try LocalMarket(&fields)
      try fields.finish()
      return (id, market)
    }
    try fields.finish()
    var state = Transactive()
    for (id, market) in lems { state.lems[id] = market }
    return state
  }
}

extension LocalMarket {
  fileprivate func write(to writer: inout JSONWriter) {
    terms.write(to: &writer)
    writer.field("members", each: members) { writer, member in
      writer.object { fields in
        fields.field("party", member.party)
        fields.name("open")
        fields.boolean(member.isOpen)
        fields.field("sold", member.sold)
        fields.field("rewarded", member.rewarded)
      }
    }
    writer.field("placed", placed)
    writer.field("orders", each: placements.sorted { $0.key < $1.key }) { writer, entry in
      writer.object { fields in
        fields.field("order", entry.key)
        fields.field("number", entry.value.number)
        fields.field("member", entry.value.member)
        fields.field("side", entry.value.side.rawValue)
        entry.value.slots.write(to: &fields)
      }
    }
    writer.field("slots", each: slots.sorted) { writer, entry in
      writer.object { fields in
        fields.field("slot", entry.slot)
        entry.state.write(to: &fields)
      }
    }
    if !dealings.isEmpty { writer.field("dealings") { dealings.write(to: &$0) } }
    writer.field("book") { book.write(to: &$0) }
  }

  fileprivate init(_ fields: inout JSONFields) throws(JSONError) {
    self.init(terms: try Terms(&fields))
    members = try fields.array("members") { (value) throws(JSONError) in
      var fields = try value.fields()
      let member = Member(
        party: try fields.identifier("party"),
        isOpen: try fields.read("open") { (value) throws(JSONError) in try value.boolean() },
        sold: try fields.integer("sold"), rewarded: try fields.integer("rewarded"))
      try fields.finish()
      return member
    }
    for (number, member) in members.enumerated() { numbers[member.party] = number }
    placed = try fields.integer("placed")
    let placements = try fields.array("orders") { (value) throws(JSONError) in
      var fields = try value.fields()
      let id: OrderID = try fields.identifier("order")
      let (number, member) = (try fields.integer("number"), try fields.integer("member"))
      let side = try fields.read("side", Side.read)
      let placement = Placement(number: number, member: member, side: side, slots: try SlotRange(&fields))
      try fields.finish()
      return (id, placement)
    }
    for (id, placement) in placements { self.placements[id] = placement }
    let slots = try fields.array("slots") { (value) throws(JSONError) in
      var fields = try value.fields()
      let slot = try fields.slot("slot")
      let state = try SlotState(&fields)
      try fields.finish()
      return (slot, state)
    }
    for (slot, state) in slots { self.slots[slot] = state }
    dealings = try fields.readIfPresent("dealings", Dealings.read) ?? Dealings()
    book = try fields.read("book") { (value) throws(JSONError) in try Book(value) }
    try requireMembers()
  }

  /// Every member's number that the state names is one.
  private func requireMembers() throws(JSONError) {
    let named =
      placements.values.map(\.member)
      + slots.sorted.flatMap { _, state in
        (state.bids.orders + state.asks.orders).map(\.member) + Array(state.positions.keys) + Array(state.metered.keys)
      }
    guard named.allSatisfy(members.indices.contains) else {
      throw JSONError(.value, "the state names a member that it does not have")
    }
  }
}

extension SlotState {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("feedIn", tariff.feedIn)
    writer.field("retail", tariff.retail)
    writer.field("phase", phase.rawValue)
    if let price { writer.field("price", price) }
    if let forecast { writer.field("forecast", forecast) }
    writer.field("rounds", rounds)
    guard phase != .settled else { return }
    writer.name("new")
    writer.boolean(hasNewOrders)
    writer.field("bids", bids.orders)
    writer.field("asks", asks.orders)
    writer.field("positions", each: positions.sorted { $0.key < $1.key }) { writer, entry in
      writer.object { fields in
        fields.field("member", entry.key)
        fields.field("energy", entry.value.energy)
        fields.field("money", Money(nanos: entry.value.money))
      }
    }
    writer.field("metered", each: metered.sorted { $0.key < $1.key }) { writer, entry in
      writer.object { fields in
        fields.field("member", entry.key)
        fields.field("energy", entry.value)
      }
    }
    writer.field("meters", meters.sorted())
    writer.field("throughput", throughput)
    writer.field("ending", ending)
  }

  fileprivate init(_ fields: inout JSONFields) throws(JSONError) {
    let (feedIn, retail) = (try fields.price("feedIn"), try fields.price("retail"))
    guard let tariff = try? Tariff(feedIn: feedIn, retail: retail) else {
      throw JSONError(.value, "a tariff is inverted")
    }
    self.init(tariff: tariff)
    guard let phase = Phase(rawValue: try fields.string("phase")) else { throw JSONError(.value, "not a phase") }
    self.phase = phase
    price = try fields.readIfPresent("price") { (value) throws(JSONError) in try value.price() }
    forecast = try fields.readIfPresent("forecast") { (value) throws(JSONError) in try value.price() }
    rounds = try fields.integer("rounds")
    guard phase != .settled else { return }
    hasNewOrders = try fields.read("new") { (value) throws(JSONError) in try value.boolean() }
    for order in try fields.array("bids", StandingOrder.init) { bids.append(order) }
    for order in try fields.array("asks", StandingOrder.init) { asks.append(order) }
    let positions = try fields.array("positions") { (value) throws(JSONError) in
      var fields = try value.fields()
      let member = try fields.integer("member")
      let energy = try fields.integer("energy")
      let money = try fields.read("money") { (value) throws(JSONError) in try value.money() }
      try fields.finish()
      return (member, Position(energy: energy, money: money.units))
    }
    for (member, position) in positions { self.positions[member] = position }
    let metered = try fields.array("metered") { (value) throws(JSONError) in
      var fields = try value.fields()
      let pair = (try fields.integer("member"), try fields.integer("energy"))
      try fields.finish()
      return pair
    }
    for (member, energy) in metered { self.metered[member] = energy }
    meters = TreeSet(try fields.array("meters") { (value) throws(JSONError) in try value.identifier() })
    throughput = try fields.integer("throughput")
    ending = try fields.array("ending") { (value) throws(JSONError) in try value.identifier() }
  }
}

extension StandingOrder {
  fileprivate init(_ value: JSONValue) throws(JSONError) {
    var fields = try value.fields()
    number = try fields.integer("order")
    member = try fields.integer("member")
    let (price, energy) = (
      try fields.price("price"), try fields.read("energy") { (v) throws(JSONError) in try v.energy() }
    )
    try fields.finish()
    guard let limit = try? Order(price: price, energy: energy) else { throw JSONError(.value, "not an order") }
    self.limit = limit
  }
}

extension JSONFields {
  fileprivate mutating func price(_ name: StaticString) throws(JSONError) -> Price {
    try read(name) { (value) throws(JSONError) in try value.price() }
  }
}

extension JSONWriter {
  fileprivate mutating func field(_ name: String, _ orders: [StandingOrder]) {
    field(name, each: orders) { writer, order in
      writer.object { fields in
        fields.field("order", order.number)
        fields.field("member", order.member)
        fields.field("price", order.limit.price)
        fields.field("energy", order.limit.energy)
      }
    }
  }
}
