import Community
import Cryptography
import Kernel
import Log
import Node
import Quantities

/// The gateway's own key at work: one entry after another, each for one question of one module.
///
/// An entry's id is made of who asked, the question's `keyId` and the question, so that the log says on whose behalf it was
/// signed, and the same question asked twice changes something once and is answered alike, over restarts too.
actor GatewayAuthor {
  /// How many of the last questions are remembered.
  static let memory = 10_000

  private struct Past {
    /// Made of who asked, the `keyId`, and the question.
    var id: EntryID
    var index: Int
    /// What was answered, where this run knows it.
    var change: PastChange?
  }

  private let node: Node
  private let key: SecretKey
  private let clock: @Sendable () -> Instant
  private var sequence = 0
  private let pastChanges = PastChanges()
  private var past: [Substring: Past] = [:]
  private var order: [Substring] = []
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
    for (offset, leaf) in try node.store.leaves(first..<ledger.size).enumerated() {
      guard let line = try? SignedLine(leaf), line.kind == .entry, line.author == key.id,
        let entry = try? Entry(line)
      else { continue }
      remember(Past(id: entry.id, index: first + offset))
    }
  }

  /// Has `work` make events of the present state, signs them, and returns when they are final.
  func change(
    for request: Request, _ digest: Digest, _ work: @Sendable (Ledger) throws(Rejection) -> Reply
  ) async throws(Rejection) -> PastChange {
    await turn()
    defer { next() }
    if let change = try await earlier(request, digest) { return change }
    let ledger = await node.ledger()
    guard case .events(let events, let answer) = try work(ledger) else {
      throw Rejection(.conflict, "request_moved_on", "the state has changed; ask again")
    }
    let id = Self.id(request, digest)
    let change = try await submit(events.map(\.bytes), id, answer, ledger)
    remember(Past(id: id, index: change.index, change: change))
    return change
  }

  /// What the same question changed before; refuses another question with its `keyId`.
  func earlier(_ request: Request, _ digest: Digest) async throws(Rejection) -> PastChange? {
    let id = Self.id(request, digest)
    guard let past = past[Self.name(id)] else { return nil }
    guard past.id == id else {
      throw Rejection(
        .conflict, "key_id_reused",
        "\(request.sender) has asked for a change with the same keyId before: ask each question with one of its own")
    }
    if let change = past.change { return change }
    let change = try await pastChanges.change(for: request, at: past.index, node.store)
    self.past[Self.name(id)]?.change = change
    return change
  }

  /// `M7-…-…`: who asked, 16 bytes of the digest of the `keyId`, 12 of that of the question.
  private static func id(_ request: Request, _ question: Digest) -> EntryID {
    let name = SHA256.hash(Array(request.keyID.utf8)).hex.prefix(32)
    guard let id = try? EntryID("\(request.sender)-\(name)-\(question.hex.prefix(24))") else {
      preconditionFailure("\(name) names no entry")
    }
    return id
  }

  /// What of an entry's id stands for who asked and the `keyId`.
  private static func name(_ id: EntryID) -> Substring { id.description.prefix(35) }

  private func submit(
    _ events: [[UInt8]], _ id: EntryID, _ answer: [UInt8], _ ledger: Ledger
  ) async throws(Rejection) -> PastChange {
    sequence = max(sequence, ledger.community.keys.holder(key.id)?.sequence ?? 0) + 1
    let draft = EntryDraft(
      chain: ledger.community.genesis.origin, id: id, sequence: sequence, at: clock(), events: events)
    do {
      let receipt = try await node.submit(try draft.signed(by: key).bytes)
      let tree = receipt.checkpoint.checkpoint
      return PastChange(index: receipt.index, checkpoint: "\(tree.size) \(tree.root.base64)", answer: answer)
    } catch let error as NodeError {
      throw Rejection(error)
    } catch {
      throw Rejection(.invalid, "entry_invalid", "\(error)")
    }
  }

  private func remember(_ question: Past) {
    let name = Self.name(question.id)
    if past.updateValue(question, forKey: name) == nil { order.append(name) }
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
