import Audit
import Encoding
import Log
import Quantities

/// A statement as a page that a household reads and prints: one file, no script, nothing from elsewhere.
struct StatementPage {
  /// The most days whose quarter-hours are listed one by one.
  static let mostListedDays = 4

  private let statement: Statement
  private let totals: StatementTotals
  private let local: LocalTime
  private let days: [(date: CivilDate, movements: [Statement.Movement])]

  init(_ statement: Statement) {
    self.statement = statement
    totals = StatementTotals(statement.movements)
    local = LocalTime(zone: statement.zone)
    var times: [Int: Instant] = [:]
    let blocks = statement.blocks.compactMap { line in
      (try? BlockLine(SignedLine(line.line))).map { ($0.first..<line.index, $0.time) }
    }
    for entry in statement.entries { times[entry.index] = blocks.first { $0.0.contains(entry.index) }?.1 }
    var days: [CivilDate: [Statement.Movement]] = [:]
    for movement in statement.movements {
      let time = movement.slot?.start ?? times[movement.entry] ?? statement.from
      days[local.date(time), default: []].append(movement)
    }
    self.days = days.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The page's bytes.
  var bytes: [UInt8] {
    Array(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Statement of \(HTML.escape(name)), \(HTML.escape(period))</title>
      <style>
      \(StatementStyle.css)
      </style>
      </head>
      <body>
      \(header)
      <p class="lead">\(HTML.escape(sentence))</p>
      \(cards)
      \(chart)
      \(table)
      \(proof)
      </body>
      </html>

      """.utf8)
  }

  private var name: String {
    statement.account.hasPrefix("party:") ? String(statement.account.dropFirst(6)) : "the \(statement.account)"
  }

  private var currency: String { statement.currency.code }

  private var period: String {
    let last = statement.to.advanced(byMilliseconds: -1)
    let (first, final) = (local.date(statement.from), local.date(max(last, statement.from)))
    return first == final ? LocalTime.long(first) : "\(LocalTime.short(first)) to \(LocalTime.short(final))"
  }

  private var header: String {
    """
    <header>
    <div><span class="kind">Energy community \(HTML.escape(statement.lem.text)) · statement of account</span>
    <h1>\(HTML.escape(name))</h1></div>
    <p class="right">\(HTML.escape(period))<br>all amounts in \(currency)</p>
    </header>
    """
  }

  /// What happened, in two plain sentences.
  private var sentence: String {
    let net = totals.net
    let verb = net < 0 ? "you paid" : "you received"
    let amount = HTML.money(net < 0 ? -net : net)
    func kilowattHours(_ amount: Int) -> String { amount == 0 ? "none" : "\(HTML.energy(amount, shown: 1)) kWh" }
    var text = "You took \(kilowattHours(totals.taken)) and gave \(kilowattHours(totals.given)). "
    text += "All together \(verb) \(amount) \(currency)"
    let trade = totals.trade.net
    if trade != 0 {
      text += ", of which trading with your neighbours \(trade < 0 ? "cost" : "earned") you "
      text += "\(HTML.money(trade < 0 ? -trade : trade)) \(currency)"
    }
    return text + "."
  }

  private var cards: String {
    func card(_ title: String, _ value: String, _ unit: String, _ isAmber: Bool = false) -> String {
      "<div\(isAmber ? " class=\"amber\"" : "")><dt>\(title)</dt><dd>\(value) <small>\(unit)</small></dd></div>"
    }
    return """
      <dl class="cards">
      \(card("Energy taken", HTML.energy(totals.taken, shown: 1), "kWh"))
      \(card("Energy given", HTML.energy(totals.given, shown: 1), "kWh", true))
      \(card("Paid", HTML.money(totals.paid), currency))
      \(card("Received", HTML.money(totals.received), currency, true))
      \(card("Balance before", HTML.money(statement.before.money), currency))
      \(card("Balance after", HTML.money(statement.after.money), currency))
      \(card("Tokens rewarded", HTML.energy(totals.tokens, shown: 1), "TWT", true))
      \(card("Tokens after", HTML.energy(statement.after.tokens, shown: 1), "TWT", true))
      </dl>
      """
  }

  private var chart: String {
    var bars: [StatementChart.Bar] = []
    func add(_ label: String, _ movements: some Sequence<Statement.Movement>) {
      let totals = StatementTotals(movements)
      bars.append(.init(label: label, taken: totals.taken, given: totals.given))
    }
    let metered = days.filter { day in day.movements.contains { $0.slot != nil } }
    if days.count <= Self.mostListedDays {
      for day in metered {
        let hours = Dictionary(grouping: day.movements.filter { $0.slot != nil }) { local.hour($0.slot!.start) }
        for hour in 0..<24 {
          add(hour == 0 && metered.count > 1 ? "\(day.date.day).\(day.date.month)." : "\(hour):00", hours[hour] ?? [])
        }
      }
    } else {
      for day in metered { add("\(day.date.day).\(day.date.month).", day.movements) }
    }
    return """
      <h2>Your energy\(days.count <= Self.mostListedDays ? ", hour by hour" : ", day by day")</h2>
      \(StatementChart(bars: bars).svg)
      <p class="key"><b></b>taken<b class="amber"></b>given</p>
      """
  }

  private var table: String {
    let isDetailed = days.count <= Self.mostListedDays
    var rows: [String] = []
    for day in days {
      rows.append(row(LocalTime.long(day.date), StatementTotals(day.movements), isDetailed ? "day" : ""))
      guard isDetailed else { continue }
      let slots = Dictionary(grouping: day.movements) { $0.slot?.number ?? .max }
      for (number, movements) in slots.sorted(by: { $0.key < $1.key }) {
        let slot = movements[0].slot
        let label = slot.map { "\(local.clock($0.start)) to \(local.clock($0.end))" } ?? "not for a quarter-hour"
        rows.append(row(label, StatementTotals(movements), number == .max ? "other" : ""))
      }
    }
    rows.append(row("All", totals, "sum"))
    return """
      <h2>All movements</h2>
      <table>
      <thead><tr><th>\(isDetailed ? "Quarter-hour" : "Day")</th><th>taken<br>kWh</th><th>given<br>kWh</th>
      <th>traded with<br>neighbours</th><th>beyond what<br>was traded</th><th>together<br>\(currency)</th><th>tokens<br>TWT</th>
      <th>proven by<br>entry</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  private func row(_ label: String, _ totals: StatementTotals, _ kind: String) -> String {
    func cell(_ value: Int, _ text: String, _ kind: String = "") -> String {
      "<td\(kind.isEmpty ? "" : " class=\"\(kind)\"")>\(value == 0 ? "" : text)</td>"
    }
    func money(_ value: Int) -> String { cell(value, HTML.money(value, shown: 4)) }
    let (first, last) = (totals.entries.first ?? 0, totals.entries.last ?? 0)
    return "<tr\(kind.isEmpty ? "" : " class=\"\(kind)\"")><td>\(HTML.escape(label))</td>"
      + cell(totals.taken, HTML.energy(totals.taken)) + cell(totals.given, HTML.energy(totals.given), "given-text")
      + money(totals.trade.net) + money(totals.imbalance.net + totals.other.net) + money(totals.net)
      + cell(totals.tokens, HTML.energy(totals.tokens))
      + "<td class=\"entry\">\(first == last ? "\(first)" : "\(first)–\(last)")</td></tr>"
  }

  private var proof: String {
    let tree = statement.checkpoint.checkpoint
    let rows = statement.entries.map { line in
      let entry = try? Entry(line.line)
      return "<tr><td>\(line.index)</td><td>\(HTML.escape(entry?.id.text ?? ""))</td>"
        + "<td>\(MerkleHash.leaf(line.line))</td></tr>"
    }
    return """
      <section class="proof">
      <h2>How to check this statement</h2>
      <p>Every movement comes from an entry of the log <code>\(HTML.escape(tree.origin))</code>, named by its number. The log is one
      sequence of signed entries that nobody can change afterwards: the community's validators have signed the tree over all
      \(tree.size) of them below. With the statement's JSON form and the community's genesis document anybody checks, without the
      community's help, that these entries stand in that tree and that the sums are right:</p>
      <pre>twinergy audit check-statement STATEMENT.json --genesis genesis.json</pre>
      <p>Amounts are kept to a billionth and rounded on this page. A paid amount has a minus sign. How much a settlement moves for you
      follows from everybody's orders and readings; whoever has the log computes it again with <code>twinergy account</code>.</p>
      <table>
      <thead><tr><th>Entry</th><th>named by its author</th><th>leaf hash: SHA-256 of a zero byte and the entry</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      <p></p>
      <pre>\(HTML.escape(String(decoding: statement.checkpoint.bytes, as: UTF8.self)))</pre>
      </section>
      """
  }
}
