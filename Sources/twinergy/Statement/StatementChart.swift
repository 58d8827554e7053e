import Audit
import Quantities

/// Bars over the hours of a day, or over the days of a longer period: energy taken above the line, given below it.
struct StatementChart {
  /// One bar.
  struct Bar {
    var label: String
    var taken = 0
    var given = 0
  }

  let bars: [Bar]

  private static let (width, height, top) = (720, 190, 14)

  /// The chart as an SVG element, without script and with all its texts.
  var svg: String {
    let most = max(1, bars.map(\.taken).max() ?? 0) + max(0, bars.map(\.given).max() ?? 0)
    let room = Self.height - 2 * Self.top - 16
    func scaled(_ wattHours: Int) -> Int { wattHours * room / most }
    let axis = Self.top + scaled(max(1, bars.map(\.taken).max() ?? 0))
    let step = max(1, Self.width / max(1, bars.count))
    let every = (bars.count + 11) / 12
    var parts: [String] = []
    for (index, bar) in bars.enumerated() {
      let (x, width) = (index * step + step / 8, max(1, step * 3 / 4))
      if bar.taken > 0 {
        let tall = max(1, scaled(bar.taken))
        parts.append(
          "<rect class=\"taken\" x=\"\(x)\" y=\"\(axis - tall)\" width=\"\(width)\" height=\"\(tall)\" rx=\"1\"/>")
      }
      if bar.given > 0 {
        let tall = max(1, scaled(bar.given))
        parts.append(
          "<rect class=\"given\" x=\"\(x)\" y=\"\(axis + 1)\" width=\"\(width)\" height=\"\(tall)\" rx=\"1\"/>")
      }
      if index % every == 0 {
        parts.append("<text x=\"\(index * step + 1)\" y=\"\(Self.height - 2)\">\(HTML.escape(bar.label))</text>")
      }
    }
    return """
      <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="Energy taken and given">
      <line x1="0" x2="\(Self.width)" y1="\(axis)" y2="\(axis)"/>
      \(parts.joined(separator: "\n"))
      </svg>
      """
  }
}
