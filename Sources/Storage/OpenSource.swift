/// Finds out what a SOURCE of the command line is.
public enum OpenSource {
  /// Opens a data directory, an exported log, or the address of a published one for reading.
  public static func open(_ place: String) throws(StorageError) -> any LogSource {
    if WebLog.isAddress(place) { return try WebLog(place) }
    if LogStore.exists(place) { return try LogStore.read(place) }
    if TileDirectory.exists(place) { return try TileDirectory(place) }
    throw .noLog("\(place) is neither a data directory nor an exported log nor the address of one")
  }
}
