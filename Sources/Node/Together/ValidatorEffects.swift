import Community
import Consensus
import Cryptography
import Dispatch
import Log
import Quantities
import Replica
import Storage

/// Carrying out what a replica asks for.
extension Validator {
  /// Writes first, all in one transaction; then sends and answers.
  ///
  /// - Parameter vouching: whether from this write on the file holds all that the validator will ever have said.
  func carryOut(_ effects: [Replica.Effect], vouching: Bool = false) {
    var writes = effects.compactMap(\.write)
    if vouching { writes.append(.vouch) }
    if !writes.isEmpty {
      let start = ContinuousClock.now
      do throws(StorageError) {
        try store.write(writes)
      } catch {
        return halt(.halted("the validator's words could not be written, so the node stops: \(error)"))
      }
      let took = ContinuousClock.now - start
      meter.wrote(took)
      for case .block(let block, _, let cosigned) in writes { decided(block, cosigned, took) }
      if vouching { company.tell(NodeEvent("voting", ("height", "\(replica.consensus.height)"))) }
    }
    var entries: [SignedLine] = []
    for effect in effects { perform(effect, gathering: &entries) }
    gossip(entries)
  }

  func halt(_ error: NodeError) {
    failure = error
    answer(waiting.removeAll(), .failure(error))
    meter.halted(error)
  }

  private func decided(_ block: SealedBlock, _ cosigned: [UInt8], _ took: Duration) {
    answer(
      waiting.decide(block),
      .failure(.sequenceReused("the sequence number is used: its key has signed it, or a later one, before")))
    guard let checkpoint = try? CosignedCheckpoint(cosigned).checkpoint else { return }
    meter.committed(height: block.height, tree: checkpoint, time: replica.ledger.time, took: took)
  }

  private func perform(_ effect: Replica.Effect, gathering entries: inout [SignedLine]) {
    switch effect {
    case .persist: break
    case .commit: keyDirectory.update(replica.ledger.community.keys)
    case .publish(let checkpoint): publish(checkpoint)
    case .broadcast(.entries(let lines)): entries += lines
    case .broadcast(let packet): company.transport.broadcast(packet.bytes)
    case .send(let packet, let name): company.transport.send(packet.bytes, to: name)
    case .serve(let height, let name): serve(height, to: name)
    case .schedule(let timeout):
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(timeout.milliseconds)) { [inbox] in
        inbox.end(timeout)
      }
    case .refuse(let facts, let why): answer(waiting.refuse(facts), .failure(NodeError(why)))
    case .accuse(let evidence): accuse(evidence)
    case .halt(let divergence): diverge(divergence)
    }
  }

  private func publish(_ checkpoint: CosignedCheckpoint) {
    let size = checkpoint.checkpoint.size
    meter.published(size)
    signal.advance(to: size)
    for (submission, index, isRepeated) in waiting.publish(size) {
      submission.answer.resume(
        returning: .success(Receipt(index: index, checkpoint: checkpoint, isRepeated: isRepeated)))
    }
  }

  /// Sends entries to the others, in packets of at most half the longest.
  private func gossip(_ entries: [SignedLine]) {
    var (packet, length): ([SignedLine], Int) = ([], 0)
    func send() {
      if !packet.isEmpty { company.transport.broadcast(Packet.entries(packet).bytes) }
      (packet, length) = ([], 0)
    }
    for line in entries {
      if length + line.bytes.count > Packet.maximumLength / 2 || packet.count == 1024 { send() }
      packet.append(line)
      length += line.bytes.count + 1
    }
    send()
  }

  private func serve(_ height: Int, to name: String) {
    let ledger = replica.ledger
    let packet = try? store.decided(
      height, validators: ledger.terms.validators(at: height), chain: ledger.community.genesis.origin)
    if let packet { company.transport.send(packet.bytes, to: name) }
  }

  private func accuse(_ evidence: Evidence) {
    let name = replica.ledger.terms.validator(voting: evidence.author)?.name ?? evidence.author.description
    guard meter.accused(name) else { return }
    let lines = evidence.lines.map { String(decoding: $0.bytes, as: UTF8.self) }
    company.tell(
      NodeEvent(
        "evidence", isWarning: true, ("validator", name), ("height", "\(evidence.height)"), ("first", lines[0]),
        ("second", lines[1])))
  }

  /// The validator votes no more, and goes on serving what was final.
  private func diverge(_ divergence: Divergence) {
    let explanation = StateDigests.explanation(of: divergence, store, company.peers)
    let sentence = divergence.sentence + (explanation.map { "; \($0)" } ?? "")
    answer(waiting.removeAll(), .failure(.diverged(sentence)))
    meter.diverged(.diverged(sentence))
    company.tell(NodeEvent("diverged", isWarning: true, ("sentence", sentence)))
  }
}

extension Replica.Effect {
  /// What of it must be on the disk before anything else is done.
  fileprivate var write: LogStore.ValidatorWrite? {
    switch self {
    case .persist(let packet, let height): .record(packet.bytes, height: height)
    case .commit(let block, .decided(_, let votes)):
      .block(block, votes: Packet.votes(votes).bytes, cosigned: block.checkpoint)
    case .publish(let checkpoint): .final(checkpoint)
    default: nil
    }
  }
}

extension NodeError {
  fileprivate init(_ refusal: ReplicaRefusal) {
    self =
      switch refusal {
      case .refused(let why): .refused(why)
      case .busy: .busy("too many entries wait already; submit it again later")
      case .halted: .diverged("this validator decides no more; submit the entry to another")
      }
  }
}
