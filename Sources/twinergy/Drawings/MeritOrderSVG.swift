import Quantities

/// A merit order as a vector picture of 960 by 560.
struct MeritOrderSVG {
  private static let left = 84.0
  private static let right = 812.0
  private static let top = 96.0
  private static let bottom = 492.0
  /// The most steps that a curve is drawn with.
  private static let mostSteps = 1500

  private let drawing: MeritOrderDrawing

  init(_ drawing: MeritOrderDrawing) { self.drawing = drawing }

  /// The picture.
  var text: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 560" width="960" height="560" role="img" \
    font-family="Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="13">
    <title>\(title)</title>
    <rect width="960" height="560" fill="#ffffff"/>
    <text x="\(number(Self.left))" y="38" font-size="20" font-weight="600" fill="#0f172a">\(title)</text>
    <text x="\(number(Self.left))" y="62" fill="#64748b">\(subtitle)</text>
    \(grid)
    \(tariffs)
    \(surplus)
    \(clearing)
    \(curve(drawing.supply, colour: "#d97706"))
    \(curve(drawing.demand, colour: "#2563eb"))
    \(point)
    \(legend)
    </svg>

    """
  }

  private var title: String { "Merit order, \(drawing.mechanism)" }

  private var subtitle: String {
    guard drawing.volume > 0 else { return "No bid reaches an ask; nothing is traded." }
    var parts = ["volume \(Energy(units: drawing.volume))"]
    if let price = drawing.price { parts.append("price \(Price(units: price))") }
    if let range = drawing.range, range.count > 1 {
      parts.append("equilibrium \(short(range.lowerBound)) … \(short(range.upperBound))")
    }
    if let split = drawing.split { parts.append("buyers pay \(short(split.pays)), sellers get \(short(split.gets))") }
    return parts.joined(separator: " · ")
  }

  private var grid: String {
    var lines: [String] = []
    for tick in Ticks.of(drawing.prices, count: 6) {
      lines.append(
        "<path d=\"M\(number(Self.left)) \(y(tick))H\(number(Self.right))\" stroke=\"#e2e8f0\"/>"
          + "<text x=\"\(number(Self.left - 10))\" y=\"\(y(tick))\" dy=\"4\" text-anchor=\"end\" fill=\"#64748b\">"
          + "\(short(tick))</text>")
    }
    for tick in Ticks.of(0...drawing.energy, count: 8) {
      lines.append(
        "<path d=\"M\(x(tick)) \(number(Self.bottom))v5\" stroke=\"#94a3b8\"/>"
          + "<text x=\"\(x(tick))\" y=\"\(number(Self.bottom + 21))\" text-anchor=\"middle\" fill=\"#64748b\">"
          + "\(Decimals.format(tick, decimals: 3))</text>")
    }
    lines.append("<path d=\"M\(number(Self.left)) \(number(Self.bottom))H\(number(Self.right))\" stroke=\"#94a3b8\"/>")
    lines.append(
      "<text x=\"\(number(Self.right))\" y=\"\(number(Self.bottom + 44))\" text-anchor=\"end\" fill=\"#64748b\">kWh</text>"
        + "<text x=\"\(number(Self.left - 10))\" y=\"\(number(Self.top - 10))\" text-anchor=\"end\" fill=\"#64748b\">"
        + "per kWh</text>")
    return lines.joined(separator: "\n")
  }

  private var tariffs: String {
    guard let tariffs = drawing.tariffs else { return "" }
    return [(tariffs.feedIn, "feed-in"), (tariffs.retail, "retail")].map { price, name in
      "<path d=\"M\(number(Self.left)) \(y(price))H\(number(Self.right))\" stroke=\"#94a3b8\" stroke-dasharray=\"2 4\"/>"
        + "<text x=\"\(number(Self.right + 10))\" y=\"\(y(price))\" dy=\"4\" fill=\"#94a3b8\">\(name) \(short(price))</text>"
    }.joined(separator: "\n")
  }

  /// What trading is worth: the area between the curves up to the volume.
  private var surplus: String {
    guard drawing.volume > 0 else { return "" }
    let above = corners(drawing.demand, upTo: drawing.volume)
    let below = corners(drawing.supply, upTo: drawing.volume).reversed()
    let outline = (above + below).map { "\(x($0.energy)) \(y($0.price))" }.joined(separator: "L")
    return "<path d=\"M\(outline)Z\" fill=\"#059669\" fill-opacity=\"0.10\"/>"
  }

  private var clearing: String {
    guard drawing.volume > 0 else { return "" }
    var lines = [
      "<path d=\"M\(x(drawing.volume)) \(number(Self.top))V\(number(Self.bottom))\" stroke=\"#059669\" "
        + "stroke-dasharray=\"3 4\"/>"
    ]
    if let range = drawing.range, range.count > 1 {
      let height = place(range.lowerBound) - place(range.upperBound)
      lines.append(
        "<rect x=\"\(number(Self.left))\" y=\"\(y(range.upperBound))\" width=\"\(number(Self.right - Self.left))\" "
          + "height=\"\(number(height))\" fill=\"#059669\" fill-opacity=\"0.12\"/>")
    }
    for price in prices {
      lines.append(
        "<path d=\"M\(number(Self.left)) \(y(price))H\(number(Self.right))\" stroke=\"#059669\" stroke-width=\"1.5\" "
          + "stroke-dasharray=\"7 5\"/>")
    }
    return lines.joined(separator: "\n")
  }

  /// The place where the curves meet and the labels of the prices, on top of all lines.
  private var point: String {
    guard drawing.volume > 0 else { return "" }
    return prices.map { price in
      "<circle cx=\"\(x(drawing.volume))\" cy=\"\(y(price))\" r=\"5\" fill=\"#059669\" stroke=\"#ffffff\" "
        + "stroke-width=\"2\"/>"
        + "<rect x=\"\(number(Self.right + 6))\" y=\"\(number(place(price) - 12))\" width=\"92\" height=\"24\" rx=\"6\" "
        + "fill=\"#059669\"/>"
        + "<text x=\"\(number(Self.right + 52))\" y=\"\(y(price))\" dy=\"4.5\" text-anchor=\"middle\" fill=\"#ffffff\" "
        + "font-weight=\"600\">\(short(price))</text>"
    }.joined(separator: "\n")
  }

  private var prices: [Int] {
    if let price = drawing.price { return [price] }
    return drawing.split.map { [$0.pays, $0.gets] } ?? []
  }

  private var legend: String {
    [("#2563eb", "demand"), ("#d97706", "supply")].enumerated().map { place, entry in
      let start = Self.right - 176 + Double(place) * 92
      return "<path d=\"M\(number(start)) 58h22\" stroke=\"\(entry.0)\" stroke-width=\"3\" stroke-linecap=\"round\"/>"
        + "<text x=\"\(number(start + 30))\" y=\"62\" fill=\"#0f172a\">\(entry.1)</text>"
    }.joined(separator: "\n")
  }

  private func curve(_ curve: MeritOrderDrawing.Curve, colour: String) -> String {
    guard curve.total > 0 else { return "" }
    let line = corners(curve, upTo: curve.total).map { "\(x($0.energy)) \(y($0.price))" }.joined(separator: "L")
    return "<path d=\"M\(line)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2.5\" stroke-linejoin=\"round\" "
      + "stroke-linecap=\"round\"/>"
  }

  /// The corners of a curve's steps, as many as can be told apart.
  private func corners(_ curve: MeritOrderDrawing.Curve, upTo limit: Int) -> [(energy: Int, price: Int)] {
    var corners: [(energy: Int, price: Int)] = []
    var start = 0
    let least = curve.ends.count > Self.mostSteps ? drawing.energy / Self.mostSteps : 0
    for (end, price) in zip(curve.ends, curve.prices) where start < limit {
      guard end - start >= least || end >= limit else { continue }
      let stop = min(end, limit)
      corners += [(start, price), (stop, price)]
      start = stop
    }
    return corners
  }

  private func place(_ price: Int) -> Double {
    let span = Double(drawing.prices.upperBound - drawing.prices.lowerBound)
    return Self.bottom - Double(price - drawing.prices.lowerBound) / span * (Self.bottom - Self.top)
  }

  private func x(_ energy: Int) -> String {
    number(Self.left + Double(energy) / Double(drawing.energy) * (Self.right - Self.left))
  }

  private func y(_ price: Int) -> String { number(place(price)) }

  private func short(_ price: Int) -> String { Decimals.format(price, decimals: 6, least: 2) }

  private func number(_ value: Double) -> String { Decimals.text(value, digits: 2) }
}
