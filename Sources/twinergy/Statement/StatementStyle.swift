/// How a statement looks, on a screen and on A4.
enum StatementStyle {
  static let css = """
    @page { size: A4; margin: 16mm 15mm 18mm; }
    * { box-sizing: border-box; }
    :root { --ink: #17211d; --soft: #5c6a64; --line: #d9e0dc; --green: #17634b; --amber: #d98e1f; --paper: #fff; }
    html { background: #eef1ef; }
    body { margin: 0 auto; max-width: 210mm; padding: 16mm 15mm; background: var(--paper); color: var(--ink);
      font: 10.5pt/1.5 "Source Sans 3", "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
    header { display: flex; justify-content: space-between; align-items: flex-end; gap: 10mm;
      border-bottom: 2.5pt solid var(--green); padding-bottom: 4mm; }
    header p { margin: 0; color: var(--soft); }
    header .right { text-align: right; white-space: nowrap; }
    .kind { font-size: 8.5pt; white-space: nowrap; letter-spacing: .12em; text-transform: uppercase; color: var(--green); font-weight: 600; }
    h1 { font-size: 22pt; line-height: 1.15; margin: 1mm 0 0; font-weight: 650; }
    h2 { font-size: 12.5pt; margin: 9mm 0 2.5mm; font-weight: 650; break-after: avoid; }
    .lead { font-size: 12pt; margin: 6mm 0; max-width: 62em; }
    .cards { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3.5mm; margin: 0; }
    .cards div { border: .75pt solid var(--line); border-top: 2.5pt solid var(--green); padding: 3mm 3.5mm; break-inside: avoid; }
    .cards div.amber { border-top-color: var(--amber); }
    .cards dt { color: var(--soft); font-size: 9pt; line-height: 1.3; }
    .cards dd { margin: 1mm 0 0; font-size: 15pt; font-weight: 650; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .cards small { font-size: 9pt; font-weight: 400; color: var(--soft); }
    svg { width: 100%; height: auto; display: block; }
    svg .taken { fill: var(--green); } svg .given { fill: var(--amber); }
    svg line { stroke: var(--soft); stroke-width: 1; } svg text { font-size: 11px; fill: var(--soft); }
    .key { color: var(--soft); font-size: 9pt; margin: 1mm 0 0; }
    .key b { display: inline-block; width: 2.6mm; height: 2.6mm; margin: 0 1.2mm 0 0; border-radius: .4mm; background: var(--green); }
    .key b.amber { background: var(--amber); margin-left: 5mm; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    thead { display: table-header-group; }
    th { font-size: 8.5pt; color: var(--soft); font-weight: 600; text-align: right; vertical-align: bottom;
      border-bottom: 1pt solid var(--ink); padding: 1mm 2mm; line-height: 1.25; }
    td { text-align: right; padding: .35mm 2mm; border-bottom: .5pt solid var(--line); font-size: 9pt; line-height: 1.35;
      white-space: nowrap; }
    th:first-child, td:first-child { text-align: left; padding-left: 0; }
    th:last-child, td:last-child { padding-right: 0; }
    tr { break-inside: avoid; }
    tr.day td { font-weight: 650; border-bottom: 1pt solid var(--line); padding-top: 2.5mm; }
    tr.sum td { font-weight: 650; border-top: 1pt solid var(--ink); border-bottom: none; }
    .given-text { color: #a56508; } .entry { color: var(--soft); }
    .proof { font-size: 9pt; color: var(--soft); } .proof p { margin: 0 0 2mm; max-width: 62em; }
    .proof code, .proof td { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 7.5pt; color: var(--ink); }
    .proof td, .proof th { text-align: left; }
    pre { font: 8pt/1.45 "DejaVu Sans Mono", Menlo, Consolas, monospace; border: .75pt solid var(--line); padding: 3mm;
      white-space: pre-wrap; overflow-wrap: anywhere; color: var(--ink); break-inside: avoid; }
    @media print { html { background: none; } body { padding: 0; max-width: none; } }
    @media (max-width: 700px) { .cards { grid-template-columns: 1fr 1fr; } body { padding: 6mm; } header { display: block; } }
    """
}
