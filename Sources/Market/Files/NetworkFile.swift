import Encoding
import Quantities

/// The network of a file: `{"lems":[…],"lines":[{"from","to","capacity","loss","fee"}]}`.
public struct NetworkFile: Sendable {
  /// The LEMs and lines.
  public let network: Network
  /// The names of the LEMs, in the order of the file.
  public let lems: [String]
  /// Where each name stands.
  public let positions: [String: Int]

  /// Reads `bytes`, which the file called `file` holds.
  public init(_ bytes: [UInt8], file: String) throws {
    var fields = try JSONDocument(bytes).root.fields()
    let lems: [LEMID] = try fields.array("lems") { (value) throws(JSONError) in try value.identifier() }
    var positions: [String: Int] = [:]
    for (position, lem) in lems.enumerated() {
      guard positions.updateValue(position, forKey: lem.text) == nil else {
        throw TableError(file, "the LEM \(lem) stands twice", code: "network_invalid")
      }
    }
    var number = 0
    let lines = try fields.array("lines") { (value) throws(JSONError) in
      number += 1
      do throws(JSONError) {
        return try Self.line(value, positions)
      } catch {
        throw JSONError(error.kind, "line \(number): \(error.sentence)")
      }
    }
    try fields.finish()
    network = try Network(markets: lems.count, lines: lines)
    self.lems = lems.map(\.text)
    self.positions = positions
  }

  private static func line(_ value: JSONValue, _ positions: [String: Int]) throws(JSONError) -> Line {
    var fields = try value.fields()
    let from = try lem(try fields.string("from"), positions)
    let to = try lem(try fields.string("to"), positions)
    let capacity = try fields.integer("capacity")
    let loss = try fields.readIfPresent("loss") { (value) throws(JSONError) in try ratio(value) }
    let fee = try fields.readIfPresent("fee") { (value) throws(JSONError) in try value.price() }
    try fields.finish()
    let lossless = try asJSON { () throws(QuantityError) in try Ratio(0, 1) }
    return Line(from: from, to: to, capacity: Energy(units: capacity), loss: loss ?? lossless, fee: fee ?? .zero)
  }

  private static func lem(_ name: String, _ positions: [String: Int]) throws(JSONError) -> Int {
    guard let position = positions[name] else { throw JSONError(.value, "there is no LEM \(quoted(name))") }
    return position
  }

  /// Reads "1/50", "0.02" or 0.
  private static func ratio(_ value: JSONValue) throws(JSONError) -> Ratio {
    if let whole = try? value.integer() { return try asJSON { () throws(QuantityError) in try Ratio(whole, 1) } }
    let text = try value.string()
    if let millionths = Decimals.parse(text, decimals: 6) {
      return try asJSON { () throws(QuantityError) in try Ratio(millionths, 1_000_000) }
    }
    return try asJSON { () throws(QuantityError) in try Ratio(text) }
  }
}
