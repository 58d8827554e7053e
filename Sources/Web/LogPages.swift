import Cryptography
import Log
import Storage

/// The log as any web server would publish it (C2SP tlog-tiles), straight from the store.
struct LogPages {
  let store: LogStore

  func genesis() throws(WebFault) -> Answer {
    Answer(.json, .forever, try asWeb { () throws(StorageError) in try store.genesis() })
  }

  func checkpoint() throws(WebFault) -> Answer {
    guard let bytes = try asWeb({ () throws(StorageError) in try store.checkpoint() }) else {
      throw WebFault(404, "no_log", "the log has no block yet")
    }
    return Answer(.text, .briefly, bytes)
  }

  /// The tile at `path`, where the published tree has all of it.
  func tile(_ path: TilePath) throws(WebFault) -> Answer {
    let size = try size()
    let first = path.index * TilePath.fullWidth
    switch path.content {
    case .entries:
      guard first + path.width <= size else { throw .notFound(path.description) }
      let leaves = try asWeb { () throws(StorageError) in try store.leaves(first..<(first + path.width)) }
      return Answer(.bytes, .forever, EntryBundle.encode(leaves))
    case .hashes(let level):
      guard first + path.width <= size >> (TilePath.height * level) else { throw .notFound(path.description) }
      let hashes = try asWeb { () throws(StorageError) in
        try store.hashes(level: level, index: path.index, width: path.width)
      }
      return Answer(.bytes, .forever, hashes.flatMap(\.bytes))
    }
  }

  private func size() throws(WebFault) -> Int {
    try asWeb { () throws(StorageError) in
      try store.checkpoint() == nil ? 0 : try store.publishedCheckpoint().checkpoint.size
    }
  }
}

/// Runs `body`, telling its error as one of HTTP.
func asWeb<Value>(_ body: () throws(StorageError) -> Value) throws(WebFault) -> Value {
  do {
    return try body()
  } catch {
    throw WebFault(error)
  }
}
