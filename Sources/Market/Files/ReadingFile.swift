import Encoding
import Quantities

/// The net positions of a file, `member,slot,net`, by slot and member; a member without a row in a slot had none.
public struct ReadingFile: Sendable {
  /// Members times slots, so that a small file can't ask for all memory.
  private static let mostCells = 50_000_000

  /// The members in the order in which the file first names them, which is that of ties.
  public let members: [String]
  /// For each slot, by its number, the net position of each member.
  public let slots: [[Energy]]

  /// Reads `bytes`, which the file called `file` holds.
  public init(_ bytes: [UInt8], file: String) throws(TableError) {
    let table = try CSVTable(bytes, file: file, columns: ["member", "slot", "net"])
    let (memberColumn, slotColumn, netColumn) = (table.column("member"), table.column("slot"), table.column("net"))
    var members: [String: Int] = [:]
    var names: [String] = []
    var numbers: [Int: Int] = [:]
    var readings: [(member: Int, slot: Int, net: Energy, line: Int)] = []
    let bounds = -Energy.maximumPerSlot.units...Energy.maximumPerSlot.units
    for row in table.rows {
      let name = row.text(memberColumn)
      guard (try? PartyID(name)) != nil else { throw row.fail("\(quoted(name)) is not an identifier") }
      let member = members[name, default: names.count]
      if member == names.count {
        members[name] = member
        names.append(name)
      }
      let slot = try row.integer(slotColumn, 0...Slot.numbers.upperBound - 1)
      numbers[slot] = 0
      readings.append((member, slot, Energy(units: try row.integer(netColumn, bounds)), row.line))
    }
    guard names.count * numbers.count <= Self.mostCells else {
      throw TableError(file, "\(names.count) members in \(numbers.count) slots exceed \(Self.mostCells) readings")
    }
    for (position, slot) in numbers.keys.sorted().enumerated() { numbers[slot] = position }
    var slots = Array(repeating: [Energy?](repeating: nil, count: names.count), count: numbers.count)
    for reading in readings {
      let slot = numbers[reading.slot]!
      guard slots[slot][reading.member] == nil else {
        throw TableError(
          file, line: reading.line, "\(names[reading.member]) has a reading for slot \(reading.slot) already")
      }
      slots[slot][reading.member] = reading.net
    }
    self.members = names
    self.slots = slots.map { $0.map { $0 ?? .zero } }
  }

  /// The sum of what `part` takes of a member's readings.
  public func total(_ member: Int, _ part: (Energy) -> Energy) -> Energy {
    Energy(units: slots.reduce(0) { $0 + part($1[member]).units })
  }
}
