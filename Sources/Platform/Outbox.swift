import Encoding
import Foundation

/// How far the messages of a log have gone out: a small file in the data directory, fsynced before it is believed.
///
/// The messages themselves are a function of the log, so this is all that a crash can lose; what went out after the last
/// save goes out again with the same ids.
public struct Outbox: Sendable {
  /// A place between two blocks.
  public struct Position: Sendable, Equatable {
    /// All messages of the first so many leaves are with the broker.
    public var size: Int
    /// When the stream was made that has them; nil where there is none.
    public var stream: Int?
  }

  private let path: String
  private let chain: String
  private static let largest = 4096

  /// The outbox of the log `chain` in `directory`.
  public init(directory: String, chain: String) {
    path = directory + "/outbox.json"
    self.chain = chain
  }

  /// The place that was saved last; the start of the log where none was.
  public func load() throws(PlatformError) -> Position {
    guard let data = FileManager.default.contents(atPath: path) else {
      guard !FileManager.default.fileExists(atPath: path) else { throw .outbox("\(path) cannot be read") }
      return Position(size: 1)
    }
    do {
      guard data.count <= Self.largest else { throw JSONError(.value, "it is longer than \(Self.largest) bytes") }
      return try read(Array(data))
    } catch let error as JSONError {
      throw .outbox("\(path): \(error.sentence); delete it, and all messages go out again")
    } catch {
      preconditionFailure("reading JSON throws nothing else: \(error)")
    }
  }

  private func read(_ bytes: [UInt8]) throws(JSONError) -> Position {
    var fields = try JSONDocument(bytes).root.fields()
    let chain = try fields.string("chain")
    let size = try fields.integer("size")
    let stream = try fields.readIfPresent("stream") { (value) throws(JSONError) in try value.string() }
    try fields.finish()
    guard chain == self.chain, size >= 1 else { throw JSONError(.value, "it is of another log, or of none") }
    return Position(size: size, stream: stream.flatMap { Int($0) })
  }

  /// Forgets the place, so that all messages go out again: for a broker that is new.
  public func reset() { unlink(path) }

  /// Saves `position`; it is on the disk when this returns.
  public func save(_ position: Position) throws(PlatformError) {
    let bytes = JSONWriter.bytes { writer in
      writer.object { fields in
        fields.field("chain", chain)
        fields.field("size", position.size)
        if let stream = position.stream { fields.field("stream", String(stream)) }
      }
    }
    let next = path + ".new"
    let descriptor = open(next, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failed(next) }
    let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten, rename(next, path) == 0 else { throw failed(next) }
    let directory = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    defer { close(directory) }
    guard directory >= 0, fsync(directory) == 0 else { throw failed(path) }
  }

  private func failed(_ file: String) -> PlatformError { .outbox("\(file): \(String(cString: strerror(errno)))") }
}
