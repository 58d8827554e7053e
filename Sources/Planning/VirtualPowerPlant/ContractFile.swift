import Encoding
import Market
import Quantities

/// The contracts of a file, `id,power,probability,mean,deviation,perCall,perKWh[,calls,called,duration,notice,priority]`.
public struct ContractFile: Sendable {
  /// The contracts, in the order of the file.
  public let contracts: [CurtailmentContract]

  /// Reads `bytes`, which the file called `file` holds.
  public init(_ bytes: [UInt8], file: String) throws {
    let table = try CSVTable(
      bytes, file: file, columns: ["id", "power", "probability", "mean", "deviation", "perCall", "perKWh"],
      optional: ["calls", "called", "duration", "notice", "priority"])
    var contracts: [CurtailmentContract] = []
    var seen = Set<String>()
    for row in table.rows {
      let id = row.text("id")
      guard (try? DeviceID(id)) != nil else { throw row.fail("\(quoted(id)) is not an identifier") }
      guard seen.insert(id).inserted else { throw row.fail("the id \(id) stands already on an earlier line") }
      contracts.append(try Self.contract(id, row, table))
    }
    self.contracts = contracts
  }

  private static func contract(_ id: String, _ row: CSVTable.Row, _ table: CSVTable) throws -> CurtailmentContract {
    func optional(_ name: String, _ range: ClosedRange<Int>, _ value: Int) throws -> Int {
      guard let column = table.optionalColumn(name) else { return value }
      return try row.integer(column, range)
    }
    guard let millionths = Decimals.parse(row.text("probability"), decimals: 6), (0...1_000_000).contains(millionths)
    else { throw row.fail("\(quoted(row.text("probability"))) is not a probability such as 0.95") }
    let energy = 0...Energy.maximumPerSlot.units
    return try CurtailmentContract(
      id: id, power: Power(units: try row.integer("power", 1...4 * energy.upperBound)),
      yield: .init(
        probability: Double(millionths) / 1_000_000, mean: Double(try row.integer("mean", energy)),
        deviation: Double(try row.integer("deviation", energy))),
      perCall: Money(nanos: try row.integer("perCall", 0...1_000_000_000_000_000)),
      perKilowattHour: Price(units: try row.integer("perKWh", 0...Price.maximum.units)),
      limits: .init(
        duration: try optional("duration", 1...Award.maximumSlots, 4),
        notice: try optional("notice", 0...35_136, 0), callsLeft: try optional("calls", 0...1_000_000, 1)),
      called: try optional("called", 0...1_000_000, 0), priority: try optional("priority", 1...1_000, 1))
  }
}
