import Comfort
import ConsumerFlexibility
import Cryptography
import DERManagement
import Encoding
import EnergyMonitoring
import Kernel
import Log
import NeighbourhoodFlexibility
import Quantities
import Risk
import Social
import Transactive
import TwinEV

/// A community as one value: its keys, its registry and its modules.
///
/// Two communities that applied the same entries at the same indexes and times are equal to the last byte of their
/// canonical state.
public struct Community: Sendable {
  /// What the log began with.
  public let genesis: Genesis
  /// Who may speak and who decides.
  public private(set) var governance: Governance
  /// People, devices, consortia.
  public internal(set) var registry = Registry()
  /// What modules tell each other alike.
  public internal(set) var platform = Platform()
  /// M1.
  public internal(set) var comfort = Comfort()
  /// M2.
  public internal(set) var consumerFlexibility = ConsumerFlexibility()
  /// M3.
  public internal(set) var neighbourhoodFlexibility = NeighbourhoodFlexibility()
  /// M4.
  public internal(set) var monitoring = EnergyMonitoring()
  /// M5.
  public internal(set) var resources = DERManagement()
  /// M6.
  public internal(set) var risk = Risk()
  /// M7.
  public internal(set) var vehicles = TwinEV()
  /// M8.
  public internal(set) var social = Social()
  /// M9.
  public internal(set) var transactive = Transactive()

  /// The modules, in the order in which the snapshot has them: a new one is a line here and a property above.
  static let parts: [any CommunityPart] = [
    Part(\.registry), Part(\.platform), Part(\.comfort), Part(\.consumerFlexibility), Part(\.neighbourhoodFlexibility),
    Part(\.monitoring), Part(\.resources), Part(\.risk), Part(\.vehicles), Part(\.social), Part(\.transactive),
  ]

  /// The community at the start of the log of `genesis`.
  public init(_ genesis: Genesis) { self.init(genesis, Governance(genesis)) }

  init(_ genesis: Genesis, _ governance: Governance) { (self.genesis, self.governance) = (genesis, governance) }

  /// Who may speak.
  public var keys: KeyRing { governance.keys }

  /// Ends the block that is being made, of `time`: the log has `size` leaves with the block's line.
  mutating func endBlock(size: Int, time: Instant) { governance.endBlock(size: size, time: time) }

  /// Goes on behind the block at `height` and `time`.
  mutating func resume(after height: Int, at time: Instant) { governance.resume(after: height, at: time) }

  /// What follows an event: called with the state before it.
  public typealias Observer = (_ event: Int, Fact, Context, _ before: Community) -> Void

  /// Applies all events of an entry, or none: a refusal leaves the community as it was.
  ///
  /// The signature is not checked here: whoever admits a line has checked it.
  ///
  /// - Parameters:
  ///   - entry: the entry with its events.
  ///   - index: its index in the log.
  ///   - time: the time of its block.
  ///   - observer: is told of each event before it changes the state. An entry may be refused after some were told.
  public mutating func apply(
    _ entry: EntryFacts, at index: Int, time: Instant, observer: Observer? = nil
  ) throws(Refusal) {
    guard entry.entry.chain == genesis.origin else {
      throw .log(LogError(.wrongChain, "the entry was signed for \(entry.entry.chain), not for \(genesis.origin)"))
    }
    let holder = try asRefusal { () throws(LogError) in try keys.signer(of: entry.entry, at: index) }
    let author = Author(roles: holder.grant.roles, party: holder.grant.party)
    try applyAll(entry, author, index, time, observer)
    governance.count(entry.entry.author, sequence: entry.entry.sequence)
  }

  private mutating func applyAll(
    _ entry: EntryFacts, _ author: Author, _ index: Int, _ time: Instant, _ observer: Observer?
  ) throws(Refusal) {
    // One event is checked before anything changes; only several can fail half-way and need a way back.
    let before = entry.facts.count > 1 ? self : nil
    for (event, fact) in entry.facts.enumerated() {
      let context = Context(author: author, index: index, time: time, registry: registry)
      do throws(Refusal) {
        try check(fact, in: context)
        observer?(event, fact, context, self)
        try apply(fact, in: context, signedBy: entry.entry.author)
      } catch {
        if let before { self = before }
        throw error
      }
    }
  }

  private mutating func check(_ fact: Fact, in context: Context) throws(Refusal) {
    do throws(Rejection) {
      switch fact {
      case .governance: break  // Governance checks while it applies: it changes nothing before it has decided.
      case .module(let event): try event.check(in: &self, context)
      }
    } catch {
      throw .event(error)
    }
  }

  private mutating func apply(_ fact: Fact, in context: Context, signedBy author: KeyID) throws(Refusal) {
    switch fact {
    case .governance(let event):
      do {
        try governance.apply(event, by: author, at: context.index)
      } catch {
        throw .log(error)
      }
    case .module(let event): event.apply(to: &self, context)
    }
  }

  /// What the platform is told of `fact`.
  public func messages(for fact: Fact, in context: Context) -> [Message] {
    switch fact {
    case .governance: []
    case .module(let event): event.messages(in: self, context)
    }
  }

  /// Whether what must always hold holds: double entry in every LEM, and of points.
  public var isBalanced: Bool { Self.parts.allSatisfy { $0.isBalanced(self) } }
}

/// Runs `body`, telling its refusal as one of an entry.
public func asRefusal<Value>(_ body: () throws(LogError) -> Value) throws(Refusal) -> Value {
  do {
    return try body()
  } catch {
    throw .log(error)
  }
}
