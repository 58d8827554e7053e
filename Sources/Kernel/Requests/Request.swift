import Encoding
import Quantities

/// Who asks and is asked on the platform.
public enum Correspondent: String, Choice {
  /// The modules.
  case M1, M2, M3, M4, M5, M6, M7, M8, M9
  /// The Digital Twin, an outside system.
  case DT
}

/// A question of one module to another: `{MOD}.request.{MOD2}` with `operation`, `keyId` and parameters.
public struct Request: Sendable {
  /// Who asks.
  public let sender: Correspondent
  /// Who is asked.
  public let receiver: Correspondent
  /// What is asked, spaces and hyphens as underscores.
  public let operation: String
  /// The asker's name for the question.
  public let keyID: String
  /// What the question is about.
  public let parameters: Parameters

  /// Reads a request that arrived on `subject`: members of `params`, or beside `operation` as Table 25 has them.
  public init(subject: String, payload: [UInt8]) throws(Rejection) {
    let tokens = subject.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard tokens.count == 3, tokens[1] == "request", let sender = Correspondent(rawValue: tokens[0]),
      let receiver = Correspondent(rawValue: tokens[2])
    else { throw Rejection(.malformed, "request_subject", "\(quoted(subject)) is not {MOD}.request.{MOD2}") }
    (self.sender, self.receiver) = (sender, receiver)
    do {
      let root = try JSONDocument(payload).root
      var fields = try root.fields()
      let name = try fields.read("operation") { (value) throws(JSONError) in try String.read(value) }
      operation = String(name.map { $0 == " " || $0 == "-" ? "_" : $0 })
      keyID = try fields.read("keyId") { (value) throws(JSONError) in try String.read(value) }
      if let params = fields.optional("params") {
        parameters = try Parameters(params)
        try fields.finish()
      } else {
        parameters = try Parameters(root)
      }
    } catch {
      throw Rejection(error)
    }
  }

  /// The answer, which is JSON, as a message.
  public func response(_ answer: [UInt8]) -> Message {
    Message("\(receiver).response.\(sender)") { payload in
      payload.field("keyId", keyID)
      payload.field("response") { $0.raw(answer) }
    }
  }
}
