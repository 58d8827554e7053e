import CNATS
import NATS
import Node

/// libnats by itself: nothing but its publishing, of messages that are made before.
enum BareMessages {
  /// How long it takes to publish `messages` to the server at `url`, until the server has them all.
  static func publish(_ messages: [OutgoingMessage], _ url: String) throws -> Timing.Span {
    var connection: OpaquePointer?
    try check(natsConnection_ConnectTo(&connection, url))
    defer { natsConnection_Destroy(connection) }
    let made = try messages.map(make)
    defer { for message in made { natsMsg_Destroy(message) } }
    return try Timing.span {
      for message in made { try check(natsConnection_PublishMsg(connection, message)) }
      try check(natsConnection_FlushTimeout(connection, 60_000))
    }
  }

  private static func make(_ message: OutgoingMessage) throws -> OpaquePointer {
    var made: OpaquePointer?
    let (subject, payload) = (message.message.subject, message.message.payload)
    try payload.withUnsafeBytes { bytes in
      try check(
        natsMsg_Create(&made, subject, nil, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count)))
    }
    for (name, value) in message.headers { try check(natsMsgHeader_Set(made, name, value)) }
    return made!
  }

  private static func check(_ status: natsStatus) throws {
    guard status == NATS_OK else {
      throw NATSError(.connection, "libnats alone: \(String(cString: natsStatus_GetText(status)))")
    }
  }
}
