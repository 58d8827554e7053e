import Community
import Cryptography
import Kernel
import Log
import Node
import Quantities

/// The gateway's own key at work: one entry after another, each for one question of one module.
///
/// An entry's id is made of who asked and the question's `keyId`, so that the log says on whose behalf it was signed, and
/// the same question asked twice changes something once, over restarts too.
actor GatewayAuthor {
  /// How many of the last questions are remembered.
  static let memory = 10_000

  /// What became of a question.
  struct Change: Sendable {
    var index: Int
    var checkpoint: String
    var answer: [UInt8]
  }

  private struct Past {
    var request: Digest?
    var change: Change?
  }

  private let node: Node
  private let key: SecretKey
  private let clock: @Sendable () -> Instant
  private var sequence = 0
  private var past: [EntryID: Past] = [:]
  private var order: [EntryID] = []
  private var isWorking = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// The author with `key`, which governance must have granted; reads from the log what it has signed.
  init(_ node: Node, _ key: SecretKey, clock: @escaping @Sendable () -> Instant) async throws {
    (self.node, self.key, self.clock) = (node, key, clock)
    let ledger = await node.ledger()
    guard let holder = ledger.community.keys.holder(key.id), holder.isValid(at: ledger.size) else {
      throw PlatformError.gatewayKey("the gateway's key \(key.id) is not granted in \(ledger.community.genesis.origin)")
    }
    let first = max(1, ledger.size - Self.memory)
    for leaf in try node.store.leaves(first..<ledger.size) {
      guard let line = try? SignedLine(leaf), line.kind == .entry, line.author == key.id,
        let entry = try? Entry(line)
      else { continue }
      remember(entry.id, Past(request: nil, change: nil))
    }
  }

  /// Has `work` make events of the present state, signs them, and returns when they are final.
  func change(
    for request: Request, _ digest: Digest, _ work: @Sendable (Ledger) throws(Rejection) -> Reply
  ) async throws(Rejection) -> Change {
    await turn()
    defer { next() }
    if let change = try earlier(request, digest) { return change }
    let ledger = await node.ledger()
    guard case .events(let events, let answer) = try work(ledger) else {
      throw Rejection(.conflict, "request_moved_on", "the state has changed; ask again")
    }
    let id = Self.id(request)
    let change = try await submit(events.map(\.bytes), id, answer, ledger)
    remember(id, Past(request: digest, change: change))
    return change
  }

  /// What the same question changed before; refuses another question with its `keyId`.
  func earlier(_ request: Request, _ digest: Digest) throws(Rejection) -> Change? {
    guard let past = past[Self.id(request)] else { return nil }
    if past.request == digest, let change = past.change { return change }
    throw Rejection(
      .conflict, "key_id_reused",
      "\(request.sender) has asked for a change with the same keyId before: ask each question with one of its own")
  }

  private static func id(_ request: Request) -> EntryID {
    let name = SHA256.hash(Array(request.keyID.utf8)).hex.prefix(32)
    guard let id = try? EntryID("\(request.sender)-\(name)") else { preconditionFailure("\(name) names no entry") }
    return id
  }

  private func submit(
    _ events: [[UInt8]], _ id: EntryID, _ answer: [UInt8], _ ledger: Ledger
  ) async throws(Rejection) -> Change {
    sequence = max(sequence, ledger.community.keys.holder(key.id)?.sequence ?? 0) + 1
    let draft = EntryDraft(
      chain: ledger.community.genesis.origin, id: id, sequence: sequence, at: clock(), events: events)
    do {
      let receipt = try await node.submit(try draft.signed(by: key).bytes)
      let tree = receipt.checkpoint.checkpoint
      return Change(index: receipt.index, checkpoint: "\(tree.size) \(tree.root.base64)", answer: answer)
    } catch let error as NodeError {
      throw Rejection(error)
    } catch {
      throw Rejection(.invalid, "entry_invalid", "\(error)")
    }
  }

  private func remember(_ id: EntryID, _ what: Past) {
    past[id] = what
    order.append(id)
    if order.count > Self.memory { past[order.removeFirst()] = nil }
  }

  /// Waits until nobody else is at work: entries of one key must arrive in the order of their numbers.
  private func turn() async {
    guard isWorking else {
      isWorking = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func next() {
    if waiting.isEmpty { isWorking = false } else { waiting.removeFirst().resume() }
  }
}

extension Rejection {
  /// A node's refusal as an answer.
  init(_ error: NodeError) {
    switch error {
    case .refused(let refusal): self.init(refusal.status, refusal.code, refusal.sentence)
    case .sequenceReused: self.init(.conflict, error.code, error.sentence)
    default: self.init(.unavailable, error.code, error.sentence)
    }
  }
}
