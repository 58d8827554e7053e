import Community

/// Who puts a node's entries in order: the node alone, or together with other validators.
protocol Orderer: Actor {
  /// The community after the last decided block.
  var ledger: Ledger { get }
  /// Works until nothing waits.
  func drain() async
  /// Decides nothing any more, and closes the log.
  func stop()
}
