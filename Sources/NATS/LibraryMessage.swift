import CNATS

/// A message on its way out, as the library wants it; freed with this value.
struct LibraryMessage: ~Copyable {
  let pointer: OpaquePointer

  private init(_ pointer: OpaquePointer) { self.pointer = pointer }

  static func make(
    _ subject: String, _ payload: [UInt8], _ headers: Headers, reply: String? = nil
  ) throws(NATSError) -> LibraryMessage {
    try Subject.requireLiteral(subject)
    if let reply { try Subject.requireLiteral(reply) }
    try headers.check()
    var created: OpaquePointer?
    let status = payload.withUnsafeBytes { bytes in
      natsMsg_Create(
        &created, subject, reply, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
    }
    try require(status, "a message on \(subject)")
    let message = LibraryMessage(created!)
    for (name, value) in headers.pairs {
      try require(natsMsgHeader_Add(message.pointer, name, value), "the header \(name) of a message on \(subject)")
    }
    return message
  }

  deinit { natsMsg_Destroy(pointer) }
}
