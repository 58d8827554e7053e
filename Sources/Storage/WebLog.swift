import Log
import Synchronization

/// A log that a node or any web server publishes, read over HTTP.
///
/// What comes is bytes from a stranger: each answer has a largest size and a longest time, and nothing is believed before
/// it verifies.
public final class WebLog: TiledSource {
  private static let cachedFiles = 8

  /// The log's address.
  public let place: String
  /// The checkpoint that the server gave first.
  public let opening: [UInt8]
  /// How many leaves its tree has.
  public let size: Int
  private let recent = Mutex<[(name: String, bytes: [UInt8])]>([])

  /// Whether `place` is the address of a web page.
  public static func isAddress(_ place: String) -> Bool { place.hasPrefix("http://") || place.hasPrefix("https://") }

  /// The document at `address`, of at most `limit` bytes; nil where the server has nothing there.
  public static func document(_ address: String, limit: Int) throws(StorageError) -> [UInt8]? {
    try WebClient.shared.get(address, limit: limit)
  }

  /// The log below the address `place`.
  public init(_ place: String) throws(StorageError) {
    var address = place[...]
    while address.last == "/" { address.removeLast() }
    self.place = String(address)
    guard
      let checkpoint = try WebClient.shared.get("\(self.place)/\(TileFile.checkpoint)", limit: TileFile.largestDocument)
    else { throw .noLog("\(self.place) publishes no checkpoint") }
    opening = checkpoint
    size = Self.size(of: checkpoint)
  }

  /// The file called `name`; a few are kept, since a log is read from one end to the other.
  public func file(_ name: String, limit: Int) throws(StorageError) -> [UInt8]? {
    if let kept = recent.withLock({ $0.first { $0.name == name }?.bytes }) { return kept }
    guard let bytes = try WebClient.shared.get("\(place)/\(name)", limit: limit) else { return nil }
    recent.withLock { recent in
      if recent.count == Self.cachedFiles { recent.removeFirst() }
      recent.append((name, bytes))
    }
    return bytes
  }

  /// A web server does not list its files.
  public func strangers(size: Int) throws(StorageError) -> [String] { [] }
}
