import Community

/// Who puts a node's entries in order: the node alone, or together with other validators.
protocol Orderer: Actor {
  /// The community after the last decided block.
  var ledger: Ledger { get }
  /// Has what waits worked off, in turn with what else is asked of it.
  nonisolated func wake()
  /// Decides nothing any more, and closes the log.
  func stop()
}
