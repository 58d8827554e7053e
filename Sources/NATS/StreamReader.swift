import CNATS

/// A stream, read by an ordered push consumer: in order, without gaps, at the reader's pace.
///
/// The library's pull `Fetch` overflows in 3.4.1 and is not used; flow control holds the broker back instead.
public final class StreamReader: Sendable {
  private let library: LibraryPointer
  private let stream: JetStream

  /// A message with its place in the stream.
  public struct Item: Sendable {
    /// The message.
    public let message: IncomingMessage
    /// Its sequence number in the stream.
    public let sequence: Int
    /// How many messages follow it as far as the broker knew.
    public let pending: Int
  }

  init(_ pointer: OpaquePointer, _ stream: JetStream) { (library, self.stream) = (LibraryPointer(pointer), stream) }

  deinit {
    natsSubscription_Unsubscribe(library.raw)
    stream.connection.context.free(library.raw)
  }

  /// The next message; nil where none came within the time.
  public func next(timeoutMilliseconds: Int) async throws(NATSError) -> Item? {
    try await Blocking.run { [self] () throws(NATSError) in
      var message: OpaquePointer?
      let status = natsSubscription_NextMsg(&message, library.raw, Int64(timeoutMilliseconds))
      if status == NATS_TIMEOUT { return nil }
      try require(status, "reading a stream")
      defer { natsMsg_Destroy(message) }
      var place: UnsafeMutablePointer<jsMsgMetaData>?
      try require(natsMsg_GetMetaData(&place, message), "the place of a message")
      defer { jsMsgMetaData_Destroy(place) }
      return Item(
        message: IncomingMessage(copying: message!), sequence: Int(place!.pointee.Sequence.Stream),
        pending: Int(place!.pointee.NumPending))
    }
  }
}
