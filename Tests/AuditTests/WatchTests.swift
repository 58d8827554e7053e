import Audit
import Cryptography
import Log
import Storage
import Testing
import Village

@Suite("A watcher") struct WatchTests {
  /// A log of four validators with `blocks` blocks.
  private static func log(_ blocks: Int) throws -> GovernedLog {
    var log = try GovernedLog(validators: 4)
    for number in 0..<blocks { try grow(&log, "p\(number)") }
    return log
  }

  private static func grow(_ log: inout GovernedLog, _ name: String) throws {
    try log.join(name)
    try log.seal("v0", "v1", "v2")
  }

  private static func genesis() throws -> Genesis { try GovernedLog(validators: 4).ledger.community.genesis }

  /// A look at logs by their places; a place without one does not answer.
  private static func look(_ watch: inout Watch, _ logs: [(String, SmallLog?)]) -> WatchReport {
    watch.look(at: logs.map(\.0)) { (place) throws(StorageError) in
      guard let log = logs.first(where: { $0.0 == place })?.1 else { throw .unreachable("\(place): nobody there") }
      return log
    }
  }

  private static func fork(_ report: WatchReport) throws -> ForkProof {
    guard case .fork(let proof, _) = try #require(report.alarm) else {
      throw StorageError.failed("the alarm is of no fork")
    }
    return proof
  }

  @Test func `is content while all show one log that grows, however far each is behind`() throws {
    var watch = Watch(.genesis(try Self.genesis()))
    for (a, b) in [(1, 1), (1, 3), (4, 3), (4, 4), (9, 5)] {
      let report = Self.look(&watch, [("a", SmallLog(try Self.log(a))), ("b", SmallLog(try Self.log(b)))])
      #expect(report.alarm == nil && report.faults.isEmpty && report.places.count == 2)
      #expect(watch.memory?.newest.checkpoint.size == 1 + 2 * max(a, b))
      let memory = try #require(watch.memory)
      #expect(try WatchMemory(memory.bytes) == memory)
      watch = Watch(.genesis(try Self.genesis()), memory: try WatchMemory(memory.bytes))
    }
  }

  @Test(arguments: [(3, 3), (3, 5), (5, 3), (0, 2)])
  func `proves a fork between two places with what both have signed`(a: Int, b: Int) throws {
    let common = try Self.log(2)
    var (one, other) = (common, common)
    for number in 0...a { try Self.grow(&one, "a\(number)") }
    for number in 0...b { try Self.grow(&other, "b\(number)") }
    let policy = TrustPolicy(try Self.genesis())
    for trust in [Watch.Trust.genesis(try Self.genesis()), .policy(policy)] {
      var watch = Watch(trust)
      _ = Self.look(&watch, [("a", SmallLog(common))])
      let before = watch.memory
      let report = Self.look(&watch, [("a", SmallLog(one)), ("b", SmallLog(other))])
      let proof = try Self.fork(report)
      #expect(try proof.verify(under: policy) == ["v0", "v1", "v2"])
      #expect(try ForkProof(report.alarm!.file) == proof)
      #expect((proof.prefix == nil) == (a == b))
      #expect(watch.memory == before)
      let wrong = ForkProof(
        small: proof.small, large: proof.large, prefix: proof.small.checkpoint.root, consistency: proof.consistency)
      #expect(throws: LogError.self) { try wrong.verify(under: policy) }
    }
  }

  @Test func `proves a fork between what was seen and what is seen`() throws {
    let common = try Self.log(2)
    var (one, other) = (common, common)
    try Self.grow(&one, "a")
    for number in 0..<3 { try Self.grow(&other, "b\(number)") }
    var watch = Watch(.genesis(try Self.genesis()))
    _ = Self.look(&watch, [("a", SmallLog(one))])
    let report = Self.look(&watch, [("a", SmallLog(other))])
    #expect(try Self.fork(report).verify(under: TrustPolicy(Self.genesis())) == ["v0", "v1", "v2"])
    // Another place that shows the first log once more hides nothing.
    #expect(Self.look(&watch, [("a", SmallLog(other)), ("b", SmallLog(one))]).alarm != nil)
  }

  @Test func `sees a place step back, and no other`() throws {
    var watch = Watch(.genesis(try Self.genesis()))
    _ = Self.look(&watch, [("a", SmallLog(try Self.log(4))), ("b", SmallLog(try Self.log(2)))])
    #expect(Self.look(&watch, [("b", SmallLog(try Self.log(3)))]).alarm == nil)
    let report = Self.look(&watch, [("a", SmallLog(try Self.log(3))), ("b", SmallLog(try Self.log(4)))])
    guard case .rewind("a", let from, let to)? = report.alarm else {
      Issue.record("no step back was seen: \(String(describing: report.alarm))")
      return
    }
    #expect(from.checkpoint.size == 9 && to.checkpoint.size == 7)
  }

  @Test func `waits for places that do not answer, and doubts those that answer wrongly`() throws {
    var watch = Watch(.genesis(try Self.genesis()))
    let good = SmallLog(try Self.log(3))
    var torn = SmallLog(try Self.log(5))
    torn.lines[2] = torn.lines[1]
    var unsigned = good
    try unsigned.cosign([("v0", "v0"), ("v1", "v1")])
    let report = Self.look(&watch, [("gone", nil), ("unsigned", unsigned), ("good", good)])
    #expect(report.unreachable == ["gone"] && report.alarm == nil)
    #expect(report.faults.map(\.code) == ["quorum_missing"])
    // The longer tree's tiles do not lead to its root, so it proves nothing, and nothing is proven against it.
    let again = Self.look(&watch, [("torn", torn), ("good", good)])
    #expect(again.faults.map(\.code) == ["log_damaged"] && again.alarm == nil)
    #expect(watch.memory?.newest.checkpoint.size == 7)
  }

  @Test func `follows validators that change, and believes none who has left`() throws {
    let log = try GovernedLog.eventful()
    var watch = Watch(.genesis(log.ledger.community.genesis))
    #expect(Self.look(&watch, [("a", SmallLog(log))]).faults.isEmpty)
    #expect(watch.memory?.terms == log.ledger.terms)
    var grown = log
    try grown.join("later")
    try grown.seal("v0", "v2", "v4")
    #expect(Self.look(&watch, [("a", SmallLog(grown))]).faults.isEmpty)
    var forged = SmallLog(grown)
    try forged.cosign([("v0", "v0"), ("v1", "v1"), ("v2", "v2")])
    let report = Self.look(&watch, [("b", forged)])
    #expect(report.faults.map(\.code) == ["quorum_missing"] && report.alarm == nil)
    let memory = try #require(watch.memory)
    #expect(try WatchMemory(memory.bytes) == memory)
  }

  @Test(arguments: [
    "", "{}", #"{"twinergy-watch":2}"#, #"{"twinergy-watch":1,"origin":"x","checkpoint":"y","places":[]}"#,
  ])
  func `refuses to go on from what it cannot read`(_ text: String) {
    #expect(throws: WatchError.self) { try WatchMemory(Array(text.utf8)) }
  }
}
