import Community
import Encoding
import Foundation
import Kernel
import Quantities
import Testing
import Village

@Suite("A request")
struct RequestTests {
  static let community = Result { try Requests.village() }
  static let author = Author(roles: ["gateway", "m7", "operator"].compactMap { try? RoleID($0) })

  private func reply(_ request: Request, by author: Author = author) throws -> Reply {
    let village = try Self.community.get()
    return try village.community.reply(to: request, by: author, at: village.index, time: village.time)
  }

  private static func text(_ reply: Reply) -> String {
    switch reply {
    case .answer(let bytes), .events(_, let bytes): String(decoding: bytes, as: UTF8.self)
    case .history(let query): "history \(query.account ?? query.device?.text ?? "")"
    }
  }

  @Test(arguments: Requests.all) func `is answered from the state, or by events that may happen`(
    _ question: Question
  ) throws {
    let reply = try reply(question.request())
    let text = Self.text(reply)
    #expect(text.contains(question.answer), "\(text)")
    guard !text.hasPrefix("history") else { return }
    let message = try question.request().response(Array(text.utf8))
    #expect(message.subject == "\(question.receiver).response.\(question.sender)")
    let answer = try JSONSerialization.jsonObject(with: Data(message.payload)) as? [String: Any]
    #expect(answer?["keyId"] as? String == "EUND/efg3G" && answer?["response"] != nil)
  }

  @Test func `that a correspondent may not make good by itself is refused, whatever the gateway may`() throws {
    let create = try #require(Requests.all.first { $0.operation == "create_account" })
    let refused = #expect(throws: Rejection.self) { try reply(create.request(), by: Author(roles: [.party])) }
    #expect(refused?.status == .forbidden)
  }

  /// The deliverable's ten texts, and what else goes wrong with requests.
  static let refusals: [(operation: String, members: String, code: String, status: Int, text: String)] = [
    ("create_account", #""params":{"prosumer":"anna"}"#, "prosumer_exists", 409, "Prosumer account already exists"),
    (
      "register_device",
      #""params":{"device":"anna.pv","kind":"pv","owners":[{"party":"anna","share":1000000}]}"#, "device_exists", 409,
      "Device already exists"
    ),
    (
      "register_consortium", #""params":{"consortium":"club","members":[],"devices":["anna.battery"]}"#,
      "device_consortium_relation_exists", 409, "Device already has an existing consortium relation"
    ),
    (
      "consortium_add", #""params":{"consortium":"coop","members":["bert"]}"#, "consortium_member_exists", 409,
      "Prosumer is already a member of the consortium"
    ),
    ("get_balance", #""params":{"id":"nobody"}"#, "prosumer_unknown", 404, "Prosumer account does not exist"),
    ("remove_device", #""params":{"device":"nothing"}"#, "device_unknown", 404, "Device does not exist"),
    ("consortium_add", #""params":{"consortium":"none"}"#, "consortium_unknown", 404, "Consortium does not exist"),
    (
      "process_transaction",
      #""params":{"tx":"d8","prosumer":"anna","units":"1","price":"0.1","destination":"nobody","start":"2026-06-18T20:00:00.000Z"}"#,
      "destination_unknown", 422, "Transaction destination unknown"
    ),
    ("get_magic", "", "operation_unknown", 404, "M9 has no operation"),
    ("get_balance", #""params":{"kind":"prosumer"}"#, "parameter_missing", 400, "the request has no"),
    ("get_balance", #""params":{"id":"anna","kind":"lamp"}"#, "parameter_invalid", 400, "\"lamp\" is not"),
    ("get_balance", #""params":{"id":"anna","lem_ID":"other"}"#, "lem_unknown", 404, "there is no LEM"),
    (
      "get_history", #""params":{"id":"anna","from":"2026-06-18T00:00:00.000Z","to":"2026-06-18T00:00:00.000Z"}"#,
      "period_invalid", 422, "2026-06-18T00:00:00.000Z is not after"
    ),
  ]

  @Test(arguments: refusals) func `is refused with a code, a status and the deliverable's text`(
    _ refusal: (operation: String, members: String, code: String, status: Int, text: String)
  ) throws {
    let question = Question("M4", "M9", refusal.operation, refusal.members, "")
    let rejection = try #require(throws: Rejection.self) { try reply(question.request()) }
    #expect(rejection.code == refusal.code)
    #expect(rejection.status.rawValue == refusal.status)
    #expect(rejection.sentence.hasPrefix(refusal.text), "\(rejection.sentence)")
  }

  @Test func `for data that there is none of is answered with the deliverable's text`() throws {
    let question = Question("M1", "M4", "outdoor temperature", #""params":{"userID":"bert","period":"24h"}"#, "")
    let rejection = try #require(throws: Rejection.self) { try reply(question.request()) }
    #expect(rejection == Rejection(.unknown, "no_data", "No data available for date range"))
  }

  @Test(arguments: [
    ("M4.request", "{}"), ("M4.request.M9.x", "{}"), ("M4.notif.M9", "{}"), ("M4.request.M10", "{}"),
    ("M4.request.M9", ""), ("M4.request.M9", "[]"), ("M4.request.M9", #"{"operation":"x"}"#),
    ("M4.request.M9", #"{"operation":"x","keyId":1}"#), ("M4.request.M9", #"{"operation":"x","keyId":"k","params":1}"#),
    ("M4.request.M9", #"{"operation":"x","keyId":"k","params":{},"more":1}"#),
    ("M4.request.M9", #"{"operation":"x","keyId":"k","params":"a=1,a=2"}"#),
  ]) func `that is none is refused`(_ subject: String, _ payload: String) {
    let rejection = #expect(throws: Rejection.self) { try Request(subject: subject, payload: Array(payload.utf8)) }
    #expect(rejection?.status == .malformed)
  }
}
