import Chance
import Cryptography
import Foundation
import Quantities
import Testing

@testable import Log

/// Governance done again from the beginning at every question: the acts of a log in a list, and no state but that.
private struct NaiveGovernance {
  enum Deed: Hashable {
    case grant(String), revoke(String), add(String), remove(String)
  }

  struct Bill {
    var deeds: [Deed]
    var height: Int
    var expires: Int
    var proposer: String
    var approvals: [String]
  }

  struct World: Equatable {
    var validators: [String]
    var valid: Set<String>
    var used: Set<String>
  }

  let beginning: World
  var bills: [Bill] = []
  /// What was decided, with its height, in the order of the decisions.
  var decided: [(height: Int, proposer: String, deeds: [Deed])] = []
  var height = 1
  var time = 0

  init(validators: [String], keys: [String]) {
    beginning = World(
      validators: validators, valid: Set(validators + keys), used: Set(validators + keys + validators.map { "\($0)'" }))
  }

  /// The world at a height; nil where something that was decided cannot be.
  func world(at height: Int, with more: (height: Int, proposer: String, deeds: [Deed])? = nil) -> World? {
    var world = beginning
    let all = (decided + (more.map { [$0] } ?? [])).enumerated().sorted {
      ($0.element.height, $0.offset) < ($1.element.height, $1.offset)
    }
    for (_, (at, _, deeds)) in all where at <= height {
      for deed in deeds where !Self.happen(deed, &world) { return nil }
    }
    return world
  }

  private static func happen(_ deed: Deed, _ world: inout World) -> Bool {
    switch deed {
    case .grant(let key): return world.used.insert(key).inserted && world.valid.insert(key).inserted
    case .revoke(let key): return !world.validators.contains(key) && world.valid.remove(key) != nil
    case .add(let name):
      guard !world.used.contains(name), !world.used.contains("\(name)'") else { return false }
      world.validators.append(name)
      world.valid.insert(name)
      world.used.formUnion([name, "\(name)'"])
      return true
    case .remove(let name):
      guard world.validators.count > 1, world.validators.contains(name) else { return false }
      world.validators.removeAll { $0 == name }
      world.valid.remove(name)
      return true
    }
  }

  var validators: [String] { world(at: height)!.validators }
  private var quorum: Int { (1...validators.count).first { 3 * $0 > 2 * validators.count }! }

  mutating func propose(_ deeds: [Deed], at due: Int, until expires: Int, by author: String) -> Bool {
    let waiting = decided.filter { $0.height > height }
    guard validators.contains(author), due > 0, expires > time,
      !bills.contains(where: { $0.deeds == deeds && $0.height == due && $0.expires == expires }),
      bills.count(where: { $0.proposer == author }) + waiting.count(where: { $0.proposer == author }) < 4,
      world(at: .max, with: (max(due, height + 1), author, deeds)) != nil
    else { return false }
    bills.append(Bill(deeds: deeds, height: due, expires: expires, proposer: author, approvals: []))
    return approve(bills.count - 1, by: author)
  }

  mutating func approve(_ bill: Int, by author: String) -> Bool {
    guard validators.contains(author), !bills[bill].approvals.contains(author) else { return false }
    var changed = bills[bill]
    changed.approvals.append(author)
    if changed.approvals.count(where: validators.contains) >= quorum {
      let act = (max(changed.height, height + 1), changed.proposer, changed.deeds)
      guard world(at: .max, with: act) != nil else { return false }
      decided.append(act)
      bills.remove(at: bill)
    } else {
      bills[bill] = changed
    }
    return true
  }

  mutating func endBlock(at now: Int) {
    (height, time) = (height + 1, now)
    let validators = validators
    bills.removeAll { $0.expires <= now || !validators.contains($0.proposer) }
  }
}

/// `TWINERGY_GOVERNANCE_SEEDS` says how many histories are played (default 60).
@Suite("Governance and a naive model")
struct GovernanceModelTests {
  private static let seeds =
    ProcessInfo.processInfo.environment["TWINERGY_GOVERNANCE_SEEDS"].flatMap(UInt64.init) ?? 60

  private static let keys = (0..<5).map { "k\($0)" }
  private static let names = (0..<9).map { "v\($0)" }

  /// The names of all keys, made once.
  private static let ids = Result { try (names + keys).map { ($0, try Council.id($0)) } }

  private static func change(_ deed: NaiveGovernance.Deed) throws -> Change {
    switch deed {
    case .grant(let key): .granted(try Council.grant(key))
    case .revoke(let key): .revoked(try Council.id(key))
    case .add(let name): .added(try Council.validator(name))
    case .remove(let name): .removed(name)
    }
  }

  private static func deeds(_ random: inout SplitMix64) -> [NaiveGovernance.Deed] {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in
      let (key, name) = (keys.randomElement(using: &random)!, names.randomElement(using: &random)!)
      return [.grant(key), .revoke(key), .add(name), .remove(name)].randomElement(using: &random)!
    }
  }

  @Test(arguments: 0..<seeds)
  func `agree on every history`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 1...6, using: &random)
    var council = try Council(count, keys: 2)
    var model = NaiveGovernance(validators: Array(Self.names.prefix(count)), keys: ["k0", "k1"])
    var sets: [Int: [String]] = [:]
    var motions: [Motion] = []
    for step in 0..<80 {
      let author = Self.names.randomElement(using: &random)!
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<3:
        let (deeds, due) = (Self.deeds(&random), model.height + Int.random(in: -1...4, using: &random))
        let expires = model.time + Int.random(in: 0...9, using: &random)
        let motion = try Motion(
          height: due, expires: Council.start.advanced(byMilliseconds: 1000 * expires),
          changes: deeds.map { try Self.change($0) })
        // The same deeds once more are another order of the same words to the model, and one name to the log.
        guard !council.governance.scheduled.contains(where: { $0.motion == motion }) else { continue }
        let isTaken = model.propose(deeds, at: due, until: expires, by: author)
        Self.expect(isTaken, seed, step) { try council.say(author, .proposed(motion)) }
        motions.append(motion)
      case 3..<8:
        guard let place = model.bills.indices.randomElement(using: &random) else { continue }
        let name = council.governance.open[place].motion.name
        let isTaken = model.approve(place, by: author)
        Self.expect(isTaken, seed, step) { try council.say(author, .approved(name)) }
      default:
        sets[model.height] = model.validators
        model.endBlock(at: model.time + Int.random(in: 0...3, using: &random))
        council.index += 1
        council.governance.endBlock(
          size: council.index, time: Council.start.advanced(byMilliseconds: 1000 * model.time))
      }
      let world = model.world(at: model.height)!
      #expect(council.names == world.validators, "seed \(seed), step \(step)")
      #expect(council.governance.open.count == model.bills.count, "seed \(seed), step \(step)")
      for (name, id) in try Self.ids.get() {
        let isValid = council.governance.keys.holder(id)?.isValid(at: council.index + 1) ?? false
        #expect(isValid == world.valid.contains(name), "seed \(seed), step \(step), \(name)")
      }
    }
    for (height, names) in sets {
      #expect(
        council.governance.terms.validators(at: height).validators.map(\.name) == names,
        "seed \(seed), height \(height)")
    }
  }

  private static func expect(_ isTaken: Bool, _ seed: UInt64, _ step: Int, _ act: () throws -> Void) {
    var refusal: (any Error)?
    do { try act() } catch { refusal = error }
    #expect((refusal == nil) == isTaken, "seed \(seed), step \(step): \(refusal.map { "\($0)" } ?? "taken")")
  }
}
