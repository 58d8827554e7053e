import Encoding
import Kernel
import Quantities

/// A refusal as the platform is told it (D7.1 Tables 19 and 26): a code, the deliverable's text, our code, and the
/// question's `keyId` where there is one.
struct ErrorNotice: Sendable {
  let rejection: Rejection
  let keyID: String?
  /// Whether all codes are 409, as Table 26 has them.
  let isCompatible: Bool

  /// The ten texts of Table 26, by our codes.
  static let texts: [String: String] = [
    "prosumer_exists": "Prosumer account already exists",
    "device_exists": "Device already exists",
    "device_prosumer_relation_exists": "Device already has an existing prosumer relation",
    "device_consortium_relation_exists": "Device already has an existing consortium relation",
    "consortium_member_exists": "Prosumer is already a member of the consortium",
    "prosumer_unknown": "Prosumer account does not exist",
    "device_unknown": "Device does not exist",
    "consortium_unknown": "Consortium does not exist",
    "no_data": "No data available for date range",
    "destination_unknown": "Transaction destination unknown",
  ]

  /// The code that is told: the real one, or 409.
  var code: Int { isCompatible ? Rejection.Status.conflict.rawValue : rejection.status.rawValue }

  /// The deliverable's text where it has one; else the whole sentence.
  var text: String { Self.texts[rejection.code] ?? rejection.sentence }

  /// Writes `code`, `message`, `reason`, `httpStatus`, `detail`.
  func write(to writer: inout JSONWriter) {
    writer.field("code", code)
    writer.field("message", text)
    writer.field("reason", rejection.code)
    writer.field("httpStatus", rejection.status.rawValue)
    writer.field("detail", rejection.sentence)
  }

  /// The notifications of `module`: on the canonical subject, and on Table 19's.
  func messages(of module: Correspondent, at time: Instant) -> [Message] {
    let payload = JSONWriter.bytes { writer in
      writer.object { fields in
        fields.field("timestamp", time.description)
        write(to: &fields)
        if let keyID { fields.field("keyId", keyID) }
      }
    }
    return ["notif", "notify"].map { Message("\(module).\($0).error", payload: payload) }
  }
}
