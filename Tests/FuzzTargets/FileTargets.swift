import Encoding
import Market
import NodeSettings
import Planning
import Quantities

extension FuzzTarget {
  /// The table has the cells that a plain reader sees, and each reader of a file of cells answers.
  func csv(_ bytes: [UInt8]) throws {
    let plain = PlainCSV(bytes)
    if let header = plain.header, header.count <= 64 {
      let table = try? CSVTable(bytes, file: "file", columns: header)
      let rows = Set(header).count == header.count ? plain.rows : nil
      let cells = table.map { table in table.rows.map { row in header.map { Array(row.text($0).utf8) } } }
      precondition(cells == rows?.map { row in row.map { Array($0.utf8) } }, "a table has other cells than it shows")
    }
    let tariff = try Tariff(feedIn: .zero, retail: .maximum)
    answer { _ = try OrderFile(bytes, file: "orders", within: tariff, isContinuous: true) }
    answer { _ = try OrderFile(bytes, file: "orders", within: tariff, lems: ["A": 0, "B": 1]) }
    answer { _ = try ReadingFile(bytes, file: "readings") }
    answer { _ = try ContractFile(bytes, file: "contracts") }
    answer { _ = try OutlookFile(bytes, file: "outlooks") }
  }

  func network(_ bytes: [UInt8]) throws {
    let file = try NetworkFile(bytes, file: "network")
    precondition(file.lems.count == file.network.markets)
    precondition(file.lems.enumerated().allSatisfy { file.positions[$1] == $0 })
  }

  func settings(_ bytes: [UInt8]) throws {
    let settings = try Settings(flags: [:], environment: [:], file: (bytes, "node.json"))
    let written = JSONWriter.bytes { writer in
      writer.object { object in
        for setting in Setting.allCases {
          if let value = settings[setting] { object.field(setting.rawValue, value.text) }
        }
      }
    }
    let again = try Settings(flags: [:], environment: [:], file: (written, "node.json"))
    for setting in Setting.allCases {
      precondition(again[setting] == settings[setting], "\(setting) reads back as another")
      answer { _ = try settings.isTrue(setting) }
      answer { _ = try settings.integer(setting, 1...3600, of: "seconds") }
      precondition(settings.list(setting).allSatisfy { !$0.isEmpty && !$0.contains(",") })
      guard let text = settings[setting]?.text, let address = try? ListenAddress(text) else { continue }
      precondition(address.url(port: address.port) == "http://\(text)", "\(text) is another address")
    }
  }
}

/// CSV read the plain way, a line at a time and a character at a time: what ``CSVTable`` is held against.
struct PlainCSV {
  /// The names in the first line; nil where it cannot be read.
  private(set) var header: [String]?
  /// The cells of the other lines; nil where one cannot be read or has more or fewer cells than the first.
  private(set) var rows: [[String]]?

  init(_ bytes: [UInt8]) {
    guard String(validating: bytes, as: UTF8.self) != nil else { return }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    let parts = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    var lines = parts.dropLast().map { $0.last == 0x0D ? $0.dropLast() : $0 } + parts.suffix(1)
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard let first = lines.first, let header = Self.cells(first) else { return }
    self.header = header
    let read = lines.dropFirst().map(Self.cells)
    rows = read.allSatisfy { $0?.count == header.count } ? read.compactMap { $0 } : nil
  }

  private static func cells(_ line: ArraySlice<UInt8>) -> [String]? {
    guard !line.contains(0x0D) else { return nil }
    var (cells, rest) = ([String](), line)
    while true {
      guard let cell = rest.first == quote ? quotedCell(&rest) : plainCell(&rest) else { return nil }
      cells.append(String(decoding: cell, as: UTF8.self))
      guard let next = rest.popFirst() else { return cells }
      guard next == UInt8(ascii: ",") else { return nil }
    }
  }

  private static let quote = UInt8(ascii: "\"")

  private static func plainCell(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    let cell = rest.prefix { $0 != UInt8(ascii: ",") }
    rest.removeFirst(cell.count)
    return cell.contains(quote) ? nil : Array(cell)
  }

  private static func quotedCell(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    var cell: [UInt8] = []
    rest.removeFirst()
    while let unit = rest.popFirst() {
      if unit == quote {
        guard rest.first == quote else { return cell }
        rest.removeFirst()
      }
      cell.append(unit)
    }
    return nil
  }
}
