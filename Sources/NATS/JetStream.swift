import CNATS
import Foundation

/// JetStream over a connection: messages that the broker stores, and says so.
public final class JetStream: Sendable {
  private let library: LibraryPointer
  private var pointer: OpaquePointer { library.raw }
  let connection: Connection
  private static let waitMilliseconds = 5000

  /// JetStream of the account that `connection` belongs to.
  public init(_ connection: Connection) throws(NATSError) {
    var created: OpaquePointer?
    try require(natsConnection_JetStream(&created, connection.pointer, nil), "JetStream")
    (library, self.connection) = (LibraryPointer(created!), connection)
  }

  deinit { jsCtx_Destroy(pointer) }

  /// What a stream is now.
  public struct StreamInfo: Sendable, Equatable {
    /// When it was made, in nanoseconds since 1970: another one is another stream, however it is called.
    public let created: Int
    /// How many messages it holds.
    public let count: Int
    /// The sequence number of the last message that it ever held.
    public let last: Int
  }

  /// What the broker says of a message that it stored.
  public struct Stored: Sendable, Equatable {
    /// Its sequence number in the stream.
    public let sequence: Int
    /// Whether the stream held a message of the same id already.
    public let isDuplicate: Bool
  }

  /// Publishes and returns when a stream has stored the message, or held one of the same `id` already.
  public func publish(
    _ subject: String, _ payload: [UInt8], headers: Headers = [:], id: String
  ) async throws(NATSError) -> Stored {
    let message = StreamMessage(subject: subject, payload: payload, headers: headers, id: id)
    switch try await word(on: send(message, behind: nil)) {
    case .stored(let stored): return stored
    case .displaced: throw NATSError(.stream, "the stream refused a message on \(subject) that has no conditions")
    }
  }

  /// Hands `message` over; ``word(on:)`` tells what the stream says of it.
  ///
  /// - Parameter last: the id of the message that must lie right before it; nil where any may.
  func send(_ message: StreamMessage, behind last: String?) throws(NATSError) -> Requests.Question {
    var headers = message.headers
    if headers["Nats-Msg-Id"] == nil { headers.add("Nats-Msg-Id", message.id) }
    if let last { headers.add("Nats-Expected-Last-Msg-Id", last) }
    return try connection.ask(message.subject, message.payload, headers: headers)
  }

  /// What the stream says of a message that was handed over.
  func word(on question: Requests.Question) async throws(NATSError) -> StreamWord {
    let answer = try await connection.answer(to: question, timeoutMilliseconds: Self.waitMilliseconds)
    return try StreamWord(answer.payload, subject: question.subject)
  }

  /// Drops what the stream says of a message.
  func forget(_ question: Requests.Question) { connection.forget(question) }

  /// The stream called `name`; nil where there is none.
  public func stream(_ name: String) async throws(NATSError) -> StreamInfo? {
    try await Blocking.run { [self] () throws(NATSError) in
      var info: UnsafeMutablePointer<jsStreamInfo>?
      var code = jsErrCode(0)
      let status = js_GetStreamInfo(&info, pointer, name, nil, &code)
      if code == JSStreamNotFoundErr { return nil }
      guard status == NATS_OK, let info else { throw NATSError(status, "the stream \(name)", code: code) }
      defer { jsStreamInfo_Destroy(info) }
      return Self.read(info.pointee)
    }
  }

  /// Makes a stream on disk that keeps all messages on `subjects`, and refuses the same message id for `window` seconds.
  @discardableResult
  public func makeStream(_ name: String, subjects: [String], window: Int = 120) async throws(NATSError) -> StreamInfo {
    for subject in subjects { try Subject.requireTokens(subject) }
    return try await Blocking.run { [self] () throws(NATSError) in
      var configuration = jsStreamConfig()
      jsStreamConfig_Init(&configuration)
      configuration.Storage = js_FileStorage
      configuration.Duplicates = Int64(window) * 1_000_000_000
      var texts: [UnsafePointer<CChar>?] = subjects.map { UnsafePointer(strdup($0)) }
      defer { for text in texts { free(UnsafeMutableRawPointer(mutating: text)) } }
      var info: UnsafeMutablePointer<jsStreamInfo>?
      var code = jsErrCode(0)
      let status = name.withCString { name in
        texts.withUnsafeMutableBufferPointer { texts in
          configuration.Name = name
          configuration.Subjects = texts.baseAddress
          configuration.SubjectsLen = Int32(texts.count)
          return js_AddStream(&info, pointer, &configuration, nil, &code)
        }
      }
      guard status == NATS_OK, let info else { throw NATSError(status, "making the stream \(name)", code: code) }
      defer { jsStreamInfo_Destroy(info) }
      return Self.read(info.pointee)
    }
  }

  private static func read(_ info: jsStreamInfo) -> StreamInfo {
    StreamInfo(created: Int(info.Created), count: Int(info.State.Msgs), last: Int(info.State.LastSeq))
  }

  /// Reads `stream` from sequence number `first` on, in order, without acknowledging anything.
  public func read(_ stream: String, subject: String = ">", from first: Int = 1) async throws(NATSError) -> StreamReader
  {
    try Subject.requireTokens(subject)
    return try await Blocking.run { [self] () throws(NATSError) in
      var options = jsSubOptions()
      jsSubOptions_Init(&options)
      options.Ordered = true
      options.Config.DeliverPolicy = js_DeliverByStartSequence
      options.Config.OptStartSeq = UInt64(max(first, 1))
      var subscription: OpaquePointer?
      var code = jsErrCode(0)
      let status = stream.withCString { stream in
        options.Stream = stream
        return js_SubscribeSync(&subscription, pointer, subject, nil, &options, &code)
      }
      guard status == NATS_OK, let subscription else { throw NATSError(status, "reading \(stream)", code: code) }
      return StreamReader(subscription, self)
    }
  }
}
