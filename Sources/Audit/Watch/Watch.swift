import Cryptography
import Encoding
import Log
import Storage

/// Watches a log at several places: whether all show one log, and whether it only grows.
///
/// A log that shows different people different trees, or takes back what it showed, is caught by whoever keeps what was
/// signed. Each look compares all that is shown, and all that was shown before, with the longest tree.
public struct Watch: Sendable {
  /// Whom a watcher believes.
  public enum Trust: Sendable {
    /// The validators of a genesis, and those who by the log itself decide after them.
    case genesis(Genesis)
    /// Those of a policy.
    case policy(TrustPolicy)
  }

  private let trust: Trust
  /// What was seen so far; nil before the first look that saw something.
  public private(set) var memory: WatchMemory?

  /// A watcher that believes `trust` and has seen `memory`.
  public init(_ trust: Trust, memory: WatchMemory? = nil) { (self.trust, self.memory) = (trust, memory) }

  /// Looks at `places`. What it sees is remembered unless it raises an alarm.
  public mutating func look(
    at places: [String], open: (String) throws(StorageError) -> any LogSource = OpenSource.open
  ) -> WatchReport {
    var report = WatchReport()
    var terms = memory?.terms
    var seen: [Sighting] = []
    for place in places {
      do {
        let source = try open(place)
        let checkpoint = try source.publishedCheckpoint()
        try believe(checkpoint, source, &terms)
        seen.append(Sighting(place: place, source: source, checkpoint: checkpoint))
      } catch let fault as any Fault {
        report.places.append(.init(place: place, checkpoint: nil, fault: Finding(fault, place: place)))
      } catch {
        preconditionFailure("looking at a log throws nothing but faults: \(error)")
      }
    }
    compare(&seen, &report)
    report.places += seen.map { .init(place: $0.place, checkpoint: $0.checkpoint, fault: nil) }
    if report.alarm == nil { remember(seen, terms) }
    return report
  }

  struct Sighting {
    var place: String
    var source: any LogSource
    var checkpoint: CosignedCheckpoint
    var size: Int { checkpoint.checkpoint.size }
  }

  /// Refuses a checkpoint that those who decide its tree have not cosigned.
  private func believe(
    _ checkpoint: CosignedCheckpoint, _ source: any LogSource, _ terms: inout ValidatorTerms?
  ) throws {
    switch trust {
    case .policy(let policy): try policy.require(checkpoint)
    case .genesis(let genesis):
      try checkpoint.checkpoint.require(genesis.origin)
      let known = terms ?? ValidatorTerms(genesis.validators)
      if terms == nil { terms = known }
      do {
        try known.requireQuorum(on: checkpoint)
      } catch {
        // Others may decide by now; the log has to show it from its beginning.
        let audit = Auditor(source, genesis: genesis.bytes).verify()
        guard audit.isGood, audit.root == checkpoint.checkpoint.root, let found = audit.terms else { throw error }
        if found.terms.count > known.terms.count { terms = found }
      }
    }
  }

  /// Compares everything with the longest tree whose tiles are its own.
  private func compare(_ seen: inout [Sighting], _ report: inout WatchReport) {
    for sighting in seen {
      guard let last = memory?.places[sighting.place], last.checkpoint.size > sighting.size else { continue }
      report.alarm = .rewind(place: sighting.place, from: last, to: sighting.checkpoint)
    }
    while let longest = seen.max(by: { $0.size < $1.size }) {
      do {
        try compare(seen, with: longest, &report)
        return
      } catch {
        report.places.append(.init(place: longest.place, checkpoint: nil, fault: Finding(error, place: longest.place)))
        seen.removeAll { $0.place == longest.place }
      }
    }
  }

  private func compare(
    _ seen: [Sighting], with longest: Sighting, _ report: inout WatchReport
  ) throws(StorageError) {
    var earlier: [(String, CosignedCheckpoint)] = []
    if let memory {
      earlier = [("what was seen before", memory.newest)]
      earlier += memory.places.sorted { $0.key < $1.key }.map { ("what \($0.key) showed before", $0.value) }
    }
    var proofs = ProofReader(AnySource(longest.source))
    for (place, checkpoint) in seen.map({ ($0.place, $0.checkpoint) }) + earlier
    where checkpoint.checkpoint.size <= longest.size {
      guard let fork = try Self.fork(checkpoint, longest, &proofs) else { continue }
      report.alarm = .fork(fork, places: [place, longest.place])
      return
    }
  }

  /// The proof that `longest` is not the tree of `checkpoint` grown; nil where it is.
  private static func fork(
    _ checkpoint: CosignedCheckpoint, _ longest: Sighting, _ proofs: inout ProofReader<AnySource>
  ) throws(StorageError) -> ForkProof? {
    let (small, large) = (checkpoint.checkpoint, longest.checkpoint.checkpoint)
    if small == large { return nil }
    if small.size == large.size { return ForkProof(small: checkpoint, large: longest.checkpoint) }
    guard small.size > 0 else { return nil }
    let hashes = try proofs.consistency(from: small.size, to: large.size)
    func shows(_ root: Digest) -> Bool {
      MerkleProof.isConsistent(
        old: small.size, oldRoot: root, size: large.size, root: large.root, proof: hashes)
    }
    if shows(small.root) { return nil }
    let prefix = try longest.source.root(size: small.size)
    guard shows(prefix) else {
      throw .damaged("the tiles at \(longest.place) do not hash to the checkpoint that it shows")
    }
    return ForkProof(small: checkpoint, large: longest.checkpoint, prefix: prefix, consistency: hashes)
  }

  private mutating func remember(_ seen: [Sighting], _ terms: ValidatorTerms?) {
    guard let longest = seen.max(by: { $0.size < $1.size }) else { return }
    var memory =
      memory
      ?? WatchMemory(
        origin: longest.checkpoint.checkpoint.origin, newest: longest.checkpoint, terms: terms, places: [:])
    if longest.size >= memory.newest.checkpoint.size { memory.newest = longest.checkpoint }
    memory.terms = terms
    for sighting in seen { memory.places[sighting.place] = sighting.checkpoint }
    self.memory = memory
  }
}

/// A source of whatever kind.
struct AnySource: LogSource {
  private let source: any LogSource

  init(_ source: any LogSource) { self.source = source }

  func genesis() throws(StorageError) -> [UInt8] { try source.genesis() }
  func checkpoint() throws(StorageError) -> [UInt8]? { try source.checkpoint() }
  func leaves(_ range: Range<Int>) throws(StorageError) -> [[UInt8]] { try source.leaves(range) }
  func strangers(size: Int) throws(StorageError) -> [String] { try source.strangers(size: size) }

  func hashes(level: Int, index: Int, width: Int) throws(StorageError) -> [Digest] {
    try source.hashes(level: level, index: index, width: width)
  }
}
