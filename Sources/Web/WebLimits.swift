import Log
import NIOCore

/// What one client can ask of a node's HTTP interface at most; Specs/limits.md lists these.
enum WebLimits {
  /// Bytes of a request's body: one line of the log and the end of the line.
  static let body = SignedLine.maximumLength + 1
  /// Bytes of one header, and of all headers of a request.
  static let headers = 16_384
  /// Headers of a request.
  static let headerCount = 64
  /// Connections that are open at the same time; further ones wait to be accepted.
  static let connections = 512
  /// Time for a request to arrive whole, from its first line on.
  static let arrival = TimeAmount.seconds(10)
  /// Time for which a refused client's bytes are still read and dropped.
  static let farewell = TimeAmount.seconds(1)
  /// Time in which a connection neither sends nor takes a byte.
  static let idle = TimeAmount.seconds(60)
  /// Time that requests in progress have when the node stops.
  static let shutdown = Duration.seconds(10)
}
