/// How validators reach each other: packets of bytes, at most once, in any order, from whomever the transport says.
///
/// Nothing here waits. A transport that cannot send holds a bounded number of packets and drops the others: what matters is
/// sent again every second.
public protocol ValidatorTransport: Sendable {
  /// Hands to `deliver` what arrives from now on, with the name of the validator who is said to have sent it.
  func start(_ deliver: @escaping @Sendable (_ packet: [UInt8], _ sender: String) -> Void)
  /// Sends to all other validators.
  func broadcast(_ packet: [UInt8])
  /// Sends to the validator `name`.
  func send(_ packet: [UInt8], to name: String)
  /// Delivers from now on what is said to come from these too: the validators have changed.
  func know(_ names: [String])
  /// Sends and delivers nothing any more.
  func stop()
  /// How many packets were dropped since the start, coming or going.
  var dropped: Int { get }
}

/// What a node needs to decide together with others.
public struct Company: Sendable {
  /// How it reaches them.
  public var transport: any ValidatorTransport
  /// Addresses under which they publish their logs.
  public var peers: [String]
  /// Whether the log file may have lost what the validator has said, though it looks as if it had not.
  public var isRestored: Bool
  /// Is told what happens.
  public var tell: @Sendable (NodeEvent) -> Void

  /// Company that is reached over `transport`.
  public init(
    _ transport: any ValidatorTransport, peers: [String] = [], isRestored: Bool = false,
    tell: @escaping @Sendable (NodeEvent) -> Void = { _ in }
  ) { (self.transport, self.peers, self.isRestored, self.tell) = (transport, peers, isRestored, tell) }
}

/// Something that whoever runs a node wants to know.
public struct NodeEvent: Sendable {
  /// Its name.
  public let name: String
  /// Whether somebody should look.
  public let isWarning: Bool
  /// What belongs to it.
  public let fields: [(name: String, value: String)]

  init(_ name: String, isWarning: Bool = false, _ fields: (name: String, value: String)...) {
    (self.name, self.isWarning, self.fields) = (name, isWarning, fields)
  }
}
