import Encoding
import Market
import Quantities

/// The expectations of a file, `slot,feedIn,retail,mean,deviation[,cleared,yesterday]`.
public struct OutlookFile: Sendable {
  /// The most slots: a year of quarter hours.
  private static let mostSlots = 35_136

  /// The numbers of the slots, each above the one before.
  public private(set) var slots: [Int] = []
  /// What is expected of each.
  public private(set) var outlooks: [SlotOutlook] = []
  /// The price that was cleared later; nil where the cell is empty or the column absent.
  public private(set) var cleared: [Price?] = []
  /// The price of the day before, likewise.
  public private(set) var yesterday: [Price?] = []

  /// Reads `bytes`, which the file called `file` holds.
  public init(_ bytes: [UInt8], file: String) throws {
    let table = try CSVTable(
      bytes, file: file, columns: ["slot", "feedIn", "retail", "mean", "deviation"],
      optional: ["cleared", "yesterday"])
    guard table.rows.count <= Self.mostSlots else {
      throw TableError(file, "\(table.rows.count) slots exceed \(Self.mostSlots)")
    }
    let most = Int(SlotOutlook.maximumWattHours)
    let prices = 0...Price.maximum.units
    for row in table.rows {
      let slot = try row.integer("slot", 0...Slot.numbers.upperBound - 1)
      if let last = slots.last, slot <= last { throw row.fail("slot \(slot) does not follow slot \(last)") }
      let (feedIn, retail) = (try row.integer("feedIn", prices), try row.integer("retail", prices))
      guard feedIn <= retail else {
        throw row.fail("the feed-in tariff is above the retail tariff", code: "tariff_inverted")
      }
      slots.append(slot)
      outlooks.append(
        try SlotOutlook(
          tariff: Tariff(feedIn: Price(units: feedIn), retail: Price(units: retail)),
          mean: Double(try row.integer("mean", -most...most)),
          deviation: Double(try row.integer("deviation", 0...most))))
      cleared.append(try Self.price(row, table.optionalColumn("cleared")))
      yesterday.append(try Self.price(row, table.optionalColumn("yesterday")))
    }
  }

  private static func price(_ row: CSVTable.Row, _ column: CSVTable.Column?) throws(TableError) -> Price? {
    guard let column, !row.text(column).isEmpty else { return nil }
    return Price(units: try row.integer(column, 0...Price.maximum.units))
  }
}
