import CNATS
import Foundation

/// A message that came in: copied out of the library, owned by nobody else.
public struct IncomingMessage: Sendable {
  /// What it was published on.
  public let subject: String
  /// Where an answer is awaited.
  public let reply: String?
  /// Its headers, sorted by name.
  public let headers: Headers
  /// Its bytes.
  public let payload: [UInt8]

  /// Copies `message`, which the caller still owns.
  init(copying message: OpaquePointer) {
    subject = String(cString: natsMsg_GetSubject(message))
    reply = natsMsg_GetReply(message).map { String(cString: $0) }
    let length = Int(natsMsg_GetDataLength(message))
    payload = natsMsg_GetData(message).map { Array(UnsafeRawBufferPointer(start: $0, count: length)) } ?? []
    headers = Self.headers(of: message)
  }

  /// None where the library cannot read them.
  private static func headers(of message: OpaquePointer) -> Headers {
    var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    var count: Int32 = 0
    guard natsMsgHeader_Keys(message, &names, &count) == NATS_OK, let names else { return Headers() }
    defer { free(names) }
    var pairs: [(name: String, value: String)] = []
    for name in UnsafeBufferPointer(start: names, count: Int(count)) {
      guard let name else { continue }
      pairs += values(of: name, in: message).map { (String(cString: name), $0) }
    }
    return Headers(pairs.sorted { $0.name < $1.name })
  }

  private static func values(of name: UnsafePointer<CChar>, in message: OpaquePointer) -> [String] {
    var values: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    var count: Int32 = 0
    guard natsMsgHeader_Values(message, name, &values, &count) == NATS_OK, let values else { return [] }
    defer { free(values) }
    return UnsafeBufferPointer(start: values, count: Int(count)).compactMap { $0.map { String(cString: $0) } }
  }
}
