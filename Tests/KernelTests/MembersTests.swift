import Encoding
import Kernel
import Quantities
import Testing

/// An object with a member of each sort.
private struct Sample: MemberObject {
  static let members = Members(
    Self.init(name:count:power:note:curve:), Member("name", \.name), Member("count", \.count), Member("power", \.power),
    Member("note", \.note), Member(curve: "curve", \.curve))

  let name: DeviceID
  let count: Int
  let power: Power
  let note: String?
  let curve: [Energy?]

  init(name: DeviceID, count: Int, power: Power, note: String?, curve: [Energy?]) throws(JSONError) {
    guard count != 13 else { throw JSONError(.value, "13 is not to be") }
    (self.name, self.count, self.power, self.note, self.curve) = (name, count, power, note, curve)
  }
}

@Suite("Members declared once")
struct MembersTests {
  private static let text = #"{"name":"a","count":-2,"power":7400,"note":"n","curve":[1,null]}"#

  private func read(_ text: String) throws -> Sample { try Sample.read(JSONDocument(Array(text.utf8)).root) }

  private func written(_ sample: Sample) -> String {
    String(decoding: JSONWriter.bytes { sample.write(to: &$0) }, as: UTF8.self)
  }

  @Test func `are written as they are read`() throws {
    #expect(written(try read(Self.text)) == Self.text)
  }

  @Test func `may stand in any order, and have one when they are written`() throws {
    let turned = #"{"curve":[1,null],"note":"n","power":7400,"count":-2,"name":"a"}"#
    #expect(written(try read(turned)) == Self.text)
  }

  @Test(arguments: [#""note":"n","#, #""note":null,"#]) func `are left out where they may be and are not there`(
    _ note: String
  ) throws {
    let without = Self.text.replacing(#""note":"n","#, with: note == #""note":"n","# ? "" : note)
    #expect(written(try read(without)) == Self.text.replacing(#""note":"n","#, with: ""))
  }

  @Test(arguments: [
    (#""count":-2,"#, "", "json_missing"), (#""count":-2"#, #""count":"2""#, "json_type"),
    (#""count":-2"#, #""count":13"#, "json_value"), (#""count":-2"#, #""count":-2,"more":1"#, "json_unknown_field"),
    (#""power":7400"#, #""power":1000000001"#, "json_value"), (#""name":"a""#, #""name":"-a""#, "json_value"),
    (#""note":"n""#, #""note":"\u0007""#, "json_value"), ("[1,null]", "[]", "json_value"),
    ("[1,null]", "[-1]", "json_value"),
  ]) func `are refused where they are not what they must be`(_ old: String, _ new: String, _ code: String) throws {
    let error = try #require(throws: JSONError.self) { try read(Self.text.replacing(old, with: new)) }
    #expect(error.code == code, "\(error)")
  }

  @Test func `say where a fault is`() throws {
    let error = try #require(throws: JSONError.self) { try read(Self.text.replacing("7400", with: "1000000001")) }
    #expect(error.sentence == #"in "power": 1000000001 W is outside -1000000000 … 1000000000"#)
  }

  @Test func `have a schema`() {
    let schema = String(decoding: JSONWriter.bytes { Sample.schema.write(to: &$0) }, as: UTF8.self)
    #expect(schema.hasPrefix(#"{"type":"object","properties":{"name":{"type":"string","pattern""#))
    #expect(schema.hasSuffix(#""required":["name","count","power","curve"],"additionalProperties":false}"#))
    #expect(schema.contains(#""maxItems":100"#) && schema.contains(#"{"type":"null"}"#))
  }
}

@Suite("A series of slots")
struct SlotSeriesTests {
  private func range(_ first: Int, _ count: Int) throws -> SlotRange { try SlotRange(Slot(first), count: count) }

  @Test func `keeps the newest, and only rises`() throws {
    var series = SlotSeries<Int>()
    for first in stride(from: 0, to: 400, by: 100) {
      #expect(try series.canAppend(range(first, 100)))
      series.append(try range(first, 100), Array(first..<first + 100))
      #expect(try !series.canAppend(range(first + 99, 1)))
    }
    #expect(series.values == Array(208..<400))
    #expect(series.value(at: try Slot(208).start) == 208)
    #expect(series.value(at: try Slot(207).start) == nil)
    #expect(series.value(at: try Slot(400).start) == nil)
    #expect(series.values(in: try Slot(300).start..<Slot(302).start) == [300, 301])
  }

  @Test(arguments: [
    #"{"slots":[2,1],"values":[1,1]}"#, #"{"slots":[1],"values":[]}"#, #"{"slots":[1,1],"values":[1,1]}"#,
  ])
  func `is refused where its slots do not rise or lack a value`(_ text: String) {
    #expect(throws: JSONError.self) { try SlotSeries<Int>.read(JSONDocument(Array(text.utf8)).root) }
  }
}

@Suite("The parameters of a request")
struct ParametersTests {
  private func parameters(_ params: String) throws -> Parameters {
    let payload = #"{"operation":"x","keyId":"k","params":\#(params)}"#
    return try Request(subject: "M1.request.M4", payload: Array(payload.utf8)).parameters
  }

  @Test(arguments: [#"{"period":"36h"}"#, #""period=36h""#, #""user=anna,period=36h""#])
  func `may be an object or a text`(_ params: String) throws {
    #expect(try parameters(params).period() == 36 * 3_600_000)
  }

  @Test(arguments: [("30m", 1_800_000), ("1d", 86_400_000), ("10000h", 36_000_000_000)])
  func `know periods`(_ text: String, _ milliseconds: Int) throws {
    #expect(try parameters(#"{"period":"\#(text)"}"#).period() == milliseconds)
  }

  @Test(arguments: ["0h", "h", "24", "-1h", "10001h", "1w", "1.5h", ""]) func `refuse what is no period`(_ text: String)
  {
    #expect(throws: Rejection.self) { try parameters(#"{"period":"\#(text)"}"#).period() }
  }

  @Test(arguments: [
    #"{"Period":[]}"#, #"{"Period":[{"start":"2026-06-18T01:00:00.000Z","end":"2026-06-18T01:00:00.000Z"}]}"#,
    #"{"Period":[{"start":"2026-06-18T01:00:00.000Z"}]}"#, #"{"Period":{}}"#, "{}", #""Period=1""#,
  ]) func `refuse what are no periods`(_ params: String) {
    #expect(throws: Rejection.self) { try parameters(params).periods() }
  }

  @Test func `are the members beside the operation where there are no params`() throws {
    let request = try Request(
      subject: "M8.request.M5", payload: Array(#"{"operation":"get_BESS-status","keyId":"k","BESSid":"b"}"#.utf8))
    #expect(request.operation == "get_BESS_status")
    let battery: DeviceID = try request.parameters.identifier("BESSid")
    #expect(battery.text == "b")
  }
}
