import Encoding
import Quantities

/// The orders of a file, `id,side,price,energy[,participant,source,partner,feeder,type]`; line order is time priority.
public struct OrderFile: Sendable {
  /// One side of the book.
  public struct Side: Sendable {
    /// The orders in the order of the file.
    public internal(set) var orders: [Order] = []
    /// For each of them its place in the file.
    public internal(set) var places: [Int] = []
    /// For each of them what is known of its owner and wishes; empty where the file tells none.
    public internal(set) var preferences: [Preference] = []
  }

  /// The name of each order.
  public private(set) var ids: [String] = []
  /// The orders that buy.
  public private(set) var bids = Side()
  /// The orders that sell.
  public private(set) var asks = Side()
  /// The orders as a continuous market takes them; empty unless wanted.
  public private(set) var requests: [BookOrder] = []
  /// For each order the position of its market; empty unless markets were named.
  public private(set) var lems: [Int] = []

  /// Reads `bytes`, which the file called `file` holds.
  ///
  /// - Parameters:
  ///   - tariff: what bounds the prices.
  ///   - isContinuous: whether ``requests`` are wanted.
  ///   - lems: the names of coupled markets, which the column `lem` then chooses from.
  public init(
    _ bytes: [UInt8], file: String, within tariff: Tariff, isContinuous: Bool = false, lems: [String: Int]? = nil
  ) throws(TableError) {
    let table = try CSVTable(
      bytes, file: file, columns: ["id", "side", "price", "energy"] + (lems == nil ? [] : ["lem"]),
      optional: ["participant", "source", "partner", "feeder", "type"])
    let columns = Columns(table)
    var places: [String: Int] = [:]
    places.reserveCapacity(table.rows.count)
    var owners: [String: Int] = [:]
    for row in table.rows {
      let id = row.text(columns.id)
      guard (try? OrderID(id)) != nil else { throw row.fail("\(quoted(id)) is not an identifier") }
      if let earlier = places.updateValue(row.number, forKey: id) {
        throw row.fail("the id \(id) stands on line \(earlier + 2) already")
      }
      let order = try columns.order(row, tariff)
      let preference = columns.hasWishes ? columns.preference(row) : nil
      let side = try columns.side(row)
      let lifetime = try columns.lifetime(row)
      if let lems { self.lems.append(try columns.lem(row, lems)) }
      ids.append(id)
      if isContinuous {
        // An order without a participant is nobody's own but its own.
        let name = preference?.participant ?? "\u{0}\(id)"
        let owner = owners[name, default: owners.count]
        owners[name] = owner
        requests.append(BookOrder(side, order, owner: owner, lifetime: lifetime))
      }
      if side == .bid {
        Self.append(order, row.number, preference, to: &bids)
      } else {
        Self.append(order, row.number, preference, to: &asks)
      }
    }
  }

  private static func append(_ order: Order, _ place: Int, _ preference: Preference?, to side: inout Side) {
    side.orders.append(order)
    side.places.append(place)
    if let preference { side.preferences.append(preference) }
  }
}

/// The columns of a file of orders.
private struct Columns {
  let id: CSVTable.Column
  let hasWishes: Bool
  private let side, price, energy: CSVTable.Column
  private let participant, source, partner, feeder, type, lem: CSVTable.Column?

  init(_ table: CSVTable) {
    id = table.column("id")
    side = table.column("side")
    price = table.column("price")
    energy = table.column("energy")
    participant = table.optionalColumn("participant")
    source = table.optionalColumn("source")
    partner = table.optionalColumn("partner")
    feeder = table.optionalColumn("feeder")
    type = table.optionalColumn("type")
    lem = table.optionalColumn("lem")
    hasWishes = [participant, source, partner, feeder].contains { $0 != nil }
  }

  func order(_ row: CSVTable.Row, _ tariff: Tariff) throws(TableError) -> Order {
    let price = Price(units: try row.integer(price, 0...Price.maximum.units))
    guard tariff.contains(price) else {
      throw row.fail(
        "the price \(price.units) is outside the tariffs \(tariff.feedIn.units) … \(tariff.retail.units)",
        code: "price_out_of_bounds")
    }
    let energy = Energy(units: try row.integer(energy, 1...Energy.maximumPerSlot.units))
    do {
      return try Order(price: price, energy: energy)
    } catch {
      throw row.fail(error.sentence, code: error.code)
    }
  }

  func side(_ row: CSVTable.Row) throws(TableError) -> BookSide {
    switch row.text(side) {
    case "B": return .bid
    case "S": return .ask
    case let other: throw row.fail("the side \(quoted(other)) is neither B nor S")
    }
  }

  func lifetime(_ row: CSVTable.Row) throws(TableError) -> BookOrder.Lifetime {
    guard let type else { return .goodTillCancelled }
    let text = row.text(type)
    if text.isEmpty { return .goodTillCancelled }
    guard let lifetime = BookOrder.Lifetime(rawValue: text) else {
      throw row.fail("the type \(quoted(text)) is none of GTC, IOC, FOK")
    }
    return lifetime
  }

  func preference(_ row: CSVTable.Row) -> Preference {
    func text(_ column: CSVTable.Column?) -> String? {
      guard let text = column.map({ row.text($0) }), !text.isEmpty else { return nil }
      return text
    }
    return Preference(
      participant: text(participant), partner: text(partner), source: text(source), feeder: text(feeder))
  }

  func lem(_ row: CSVTable.Row, _ lems: [String: Int]) throws(TableError) -> Int {
    let name = row.text(lem!)
    guard let lem = lems[name] else { throw row.fail("the network has no LEM \(quoted(name))", code: "lem_unknown") }
    return lem
  }
}
