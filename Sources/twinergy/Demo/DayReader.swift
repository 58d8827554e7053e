import Encoding
import Foundation
import Market
import Quantities

/// Reads a day directory.
struct DayReader {
  private static let code = "day_invalid"
  private let directory: String

  static func read(_ directory: String) throws(TableError) -> Day { try DayReader(directory: directory).day() }

  private static func refusal(_ file: String, _ what: String) -> TableError { TableError(file, what, code: code) }

  private func table(_ file: String, _ columns: String) throws(TableError) -> CSVTable {
    guard let data = FileManager.default.contents(atPath: "\(directory)/\(file)") else {
      throw Self.refusal(file, "there is no such file in \(directory)")
    }
    return try CSVTable(
      [UInt8](data), file: file, columns: columns.split(separator: ",").map(String.init), code: Self.code)
  }

  private func day() throws(TableError) -> Day {
    var day = try community()
    day.tariffs = try tariffs(day.slots)
    day.participants = try participants()
    try readProfiles(into: &day)
    return day
  }

  private func community() throws(TableError) -> Day {
    let file = "community.csv"
    var values: [String: CSVTable.Row] = [:]
    for row in try table(file, "name,value").rows {
      guard values.updateValue(row, forKey: row.text("name")) == nil else {
        throw row.fail("\(row.text("name")) stands twice")
      }
    }
    func value<Value>(_ name: String, _ read: (String) throws(QuantityError) -> Value) throws(TableError) -> Value {
      guard let row = values[name] else { throw Self.refusal(file, "\(name) is missing") }
      do {
        return try read(row.text("value"))
      } catch {
        throw row.fail(error.sentence)
      }
    }
    func text(_ text: String) throws(QuantityError) -> String { text }
    let zone = try value("timezone") { (text) throws(QuantityError) in try TimeZoneRule(text) }
    return Day(
      community: try value("community") { (text) throws(QuantityError) in try LEMID(text).text },
      title: try value("title", text),
      lem: try value("lem") { (text) throws(QuantityError) in try LEMID(text) }, zone: zone,
      currency: try value("currency") { (text) throws(QuantityError) in try Currency(text) },
      source: try value("source", text),
      market: try value("date") { (text) throws(QuantityError) in try MarketDay(CivilDate(text), in: zone) },
      tariffs: [], participants: [])
  }

  private func tariffs(_ slots: SlotRange) throws(TableError) -> [Tariff] {
    let rows = try table("tariff.csv", "slot,retail,feed_in").rows
    guard rows.count == slots.count else {
      throw Self.refusal("tariff.csv", "there are \(rows.count) slots; the day has \(slots.count)")
    }
    var tariffs: [Tariff] = []
    for (position, row) in rows.enumerated() {
      guard try row.integer("slot", position...position) == position else { continue }
      let range = 0...Price.maximum.units
      do {
        tariffs.append(
          try Tariff(
            feedIn: Price(units: try row.integer("feed_in", range)),
            retail: Price(units: try row.integer("retail", range))))
      } catch let error as TableError {
        throw error
      } catch {
        throw row.fail("the feed-in tariff is above the retail tariff")
      }
    }
    return tariffs
  }

  private func participants() throws(TableError) -> [Day.Participant] {
    var participants: [Day.Participant] = []
    var seen = Set<PartyID>()
    for row in try table("participants.csv", "participant,kind,people,feeder,pv_wp,battery_wh").rows {
      guard let id = try? PartyID(row.text("participant")), seen.insert(id).inserted else {
        throw row.fail("\"\(row.text("participant"))\" is no identifier, or stands twice")
      }
      participants.append(
        Day.Participant(
          id: id, kind: row.text("kind"), people: try row.integer("people", 0...1_000_000), feeder: row.text("feeder"),
          pvWatts: try row.integer("pv_wp", 0...1_000_000_000),
          batteryWattHours: try row.integer("battery_wh", 0...1_000_000_000)))
    }
    guard (1...1000).contains(participants.count) else {
      throw Self.refusal("participants.csv", "a day has 1 to 1000 participants, not \(participants.count)")
    }
    return participants
  }

  private func readProfiles(into day: inout Day) throws(TableError) {
    let file = "profiles.csv"
    let rows = try table(
      file, "participant,slot,expected_load,expected_generation,expected_charge,load,generation,charge"
    ).rows
    guard rows.count == day.participants.count * day.slots.count else {
      throw Self.refusal(file, "there are \(rows.count) rows instead of one for each participant and slot")
    }
    let positive = 0...Energy.maximumPerSlot.units / 4
    let signed = -positive.upperBound...positive.upperBound
    for (position, row) in rows.enumerated() {
      let (owner, slot) = position.quotientAndRemainder(dividingBy: day.slots.count)
      guard row.text("participant") == day.participants[owner].id.text, try row.integer("slot", 0...99) == slot else {
        throw row.fail("the row should be slot \(slot) of \(day.participants[owner].id)")
      }
      day.participants[owner].expected.append(
        Day.Flow(
          load: try row.integer("expected_load", positive),
          generation: try row.integer("expected_generation", positive),
          charge: try row.integer("expected_charge", signed)))
      day.participants[owner].actual.append(
        Day.Flow(
          load: try row.integer("load", positive), generation: try row.integer("generation", positive),
          charge: try row.integer("charge", signed)))
    }
  }
}
