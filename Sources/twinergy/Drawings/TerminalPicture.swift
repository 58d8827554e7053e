import Quantities

/// A merit order in characters, as wide as the terminal.
struct TerminalPicture {
  private static let rows = 16
  private static let labelWidth = 10

  private let drawing: MeritOrderDrawing
  private var canvas: BrailleCanvas

  init(_ drawing: MeritOrderDrawing, width: Int) {
    self.drawing = drawing
    canvas = BrailleCanvas(columns: max(20, min(width, 120) - Self.labelWidth - 1), rows: Self.rows)
    for y in 0..<canvas.height where y % 2 == 0 && drawing.volume > 0 { canvas.set(x(drawing.volume), y, .faint) }
    if let price = drawing.price { rule(price, every: 3, .green) }
    if let split = drawing.split {
      rule(split.pays, every: 3, .green)
      rule(split.gets, every: 3, .green)
    }
    draw(drawing.supply, .yellow)
    draw(drawing.demand, .blue)
  }

  /// The picture, its axes and its legend.
  var lines: [String] {
    guard drawing.demand.total + drawing.supply.total > 0 else { return [] }
    let ticks = Ticks.of(drawing.prices, count: 5)
    var labels: [Int: String] = [:]
    for tick in ticks { labels[y(tick) / 4] = Decimals.format(tick, decimals: 6, least: 2) }
    var lines = [legend, ""]
    for (row, text) in canvas.rows.enumerated() {
      let label = labels[row] ?? ""
      let gap = String(repeating: " ", count: max(0, Self.labelWidth - 1 - label.count))
      lines.append(Paint.faint.on(gap + label + (label.isEmpty ? " │" : " ┤")) + text)
    }
    lines.append(Paint.faint.on(String(repeating: " ", count: Self.labelWidth) + "└" + axis))
    lines.append(Paint.faint.on(String(repeating: " ", count: Self.labelWidth + 1) + energies))
    return lines + [""]
  }

  private var legend: String {
    let gap = String(repeating: " ", count: Self.labelWidth + 1)
    var parts = [Paint.blue.on("━━") + " demand", Paint.yellow.on("━━") + " supply"]
    if let price = drawing.price {
      parts.append(Paint.green.on("╌╌") + " price " + Decimals.format(price, decimals: 6, least: 2))
    } else if drawing.split != nil {
      parts.append(Paint.green.on("╌╌") + " what buyers pay and sellers get")
    }
    if drawing.volume > 0 { parts.append(Paint.faint.on("┊") + " volume \(Energy(units: drawing.volume))") }
    return gap + parts.joined(separator: "   ")
  }

  private var energyTicks: [(column: Int, text: String)] {
    Ticks.of(0...drawing.energy, count: canvas.width / 2 > 50 ? 6 : 3).map {
      (x($0) / 2, Decimals.format($0, decimals: 3))
    }
  }

  private var axis: String {
    var characters = Array(repeating: "─", count: canvas.width / 2)
    for tick in energyTicks where tick.column < characters.count { characters[tick.column] = "┬" }
    return characters.joined()
  }

  private var energies: String {
    var text = ""
    for tick in energyTicks where tick.column >= text.count && tick.column + tick.text.count <= canvas.width / 2 {
      text += String(repeating: " ", count: tick.column - text.count) + tick.text
    }
    return text + " kWh"
  }

  private func x(_ energy: Int) -> Int {
    min(Int(Double(energy) / Double(drawing.energy) * Double(canvas.width)), canvas.width - 1)
  }

  private func y(_ price: Int) -> Int {
    let span = Double(drawing.prices.upperBound - drawing.prices.lowerBound)
    return Int((Double(drawing.prices.upperBound - price) / span * Double(canvas.height - 1)).rounded())
  }

  private mutating func rule(_ price: Int, every step: Int, _ paint: Paint) {
    for x in 0..<canvas.width where x % (2 * step) < step { canvas.set(x, y(price), paint) }
  }

  private mutating func draw(_ curve: MeritOrderDrawing.Curve, _ paint: Paint) {
    var before: Int?
    for column in 0..<canvas.width {
      let energy = (Double(column) + 0.5) / Double(canvas.width) * Double(drawing.energy)
      guard let price = curve.price(at: energy) else { return }
      let row = y(price)
      for dot in min(before ?? row, row)...max(before ?? row, row) { canvas.set(column, dot, paint) }
      before = row
    }
  }
}
