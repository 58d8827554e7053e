import Community
import Kernel
import Log
import Storage

/// A message as it goes out: with headers by which a receiver sees gaps and duplicates, whatever the broker does.
public struct OutgoingMessage: Sendable {
  /// The message.
  public let message: Message
  /// The entry that it tells of.
  public let index: Int
  /// `<origin>/<entry's index>.<event's position>.<message's position>`.
  public let id: String
  /// `<size> <root in base64>` of the tree that ends with the entry's block.
  public let checkpoint: String

  /// `Nats-Msg-Id`, `Twinergy-Index` and `Twinergy-Checkpoint`, in this order.
  public var headers: [(name: String, value: String)] {
    [("Nats-Msg-Id", id), ("Twinergy-Index", String(index)), ("Twinergy-Checkpoint", checkpoint)]
  }
}

/// All messages of a log: a pure function of it, the same byte for byte wherever and whenever it is computed.
///
/// It follows the log block by block: of each it gives the messages, and it remembers the state that the next needs.
public struct MessageProjection: Sendable {
  private static let chunk = 1024

  private var ledger: Ledger
  private var blocks: LogBlocks
  private var leaves: ArraySlice<[UInt8]> = []
  private var read: Int

  /// Begins at the start of the log of `source`.
  public init(_ source: some LogSource) throws(NodeError) { self.init(Ledger(try Replay.readGenesis(source))) }

  /// Begins in the log of `store` at the newest snapshot that lies at or before `size` leaves.
  public init(_ store: LogStore, before size: Int) throws(NodeError) {
    self.init(try Replay.newestSnapshot(store, before: size))
  }

  private init(_ ledger: Ledger) {
    (self.ledger, read) = (ledger, ledger.size)
    blocks = LogBlocks(from: ledger.size)
  }

  /// How many leaves it has followed: the end of a block.
  public var size: Int { ledger.size }

  /// The messages of the next block of `source`; nil where it has no more than `end` leaves.
  public mutating func next(_ source: some LogSource, end: Int) throws(NodeError) -> [OutgoingMessage]? {
    while true {
      if leaves.isEmpty {
        let range = read..<min(read + Self.chunk, end)
        guard !range.isEmpty else { return nil }
        leaves = try asNode { () throws(StorageError) in try source.leaves(range) }[...]
      }
      let leaf = leaves.removeFirst()
      read += 1
      if let block = try Replay.read(leaf, read - 1, &blocks) { return try follow(block) }
    }
  }

  private mutating func follow(_ block: LogBlock) throws(NodeError) -> [OutgoingMessage] {
    var told: [(index: Int, event: Int, messages: [Message])] = []
    do {
      try ledger.follow(block) { event, fact, context, before in
        told.append((context.index, event, before.messages(for: fact, in: context)))
      }
    } catch {
      throw .replay(error)
    }
    let origin = ledger.community.genesis.origin
    let checkpoint = "\(ledger.size) \(ledger.tiles.root.base64)"
    return told.flatMap { index, event, messages in
      messages.enumerated().map { number, message in
        OutgoingMessage(
          message: message, index: index, id: "\(origin)/\(index).\(event).\(number)", checkpoint: checkpoint)
      }
    }
  }

  /// Gives the messages of the entries from index `first` on to `visit`, in order.
  public static func visit(
    _ source: some LogSource, from first: Int = 1, _ visit: (OutgoingMessage) -> Void
  ) throws(NodeError) {
    var projection = try MessageProjection(source)
    let end = try Replay.end(source)
    while let messages = try projection.next(source, end: end) {
      for message in messages where message.index >= first { visit(message) }
    }
  }
}
