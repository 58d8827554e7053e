import Community
import Log
import Quantities
import Storage

/// Puts entries in order: the only writer of a log.
///
/// It takes what waits, lets the ledger decide, seals a block, stores it, and answers. One fsync serves all entries of a
/// block.
actor Sequencer: Orderer {
  /// The most entries of one block.
  static let maximumBlock = 4096

  private let executor = BlockingExecutor("twinergy.sequencer")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let store: LogStore
  private let keys: ValidatorKeys
  private let clock: @Sendable () -> Instant
  private let intake: Intake
  private let keyDirectory: KeyDirectory
  private let signal: BlockSignal
  private let meter: NodeMeter
  private(set) var ledger: Ledger
  private var checkpoint: CosignedCheckpoint?
  private var failure: NodeError?

  init(
    store: LogStore, ledger: Ledger, keys: ValidatorKeys, intake: Intake, keyDirectory: KeyDirectory,
    signal: BlockSignal, meter: NodeMeter, clock: @escaping @Sendable () -> Instant
  ) {
    (self.store, self.ledger, self.keys, self.intake) = (store, ledger, keys, intake)
    (self.keyDirectory, self.signal, self.meter, self.clock) = (keyDirectory, signal, meter, clock)
  }

  nonisolated func wake() {
    executor.run { [self] in assumeIsolated { $0.work() } }
  }

  private func work() {
    let batch = intake.take(Self.maximumBlock)
    guard !batch.isEmpty else { return }
    decide(batch)
    wake()
  }

  private func decide(_ batch: [Submission]) {
    if let failure { return answer(batch, .failure(failure)) }
    do {
      // The log may have decided that others decide it from here on.
      try keys.requireAlone(in: ledger)
    } catch {
      return answer(batch, .failure(error))
    }
    let time = max(clock(), ledger.time)
    var block = BlockInMaking()
    for submission in batch where !block.join(submission) {
      do {
        if let receipt = try repeated(submission) {
          submission.answer.resume(returning: .success(receipt))
        } else {
          block.add(submission, at: try append(submission, time))
        }
      } catch {
        submission.answer.resume(returning: .failure(error))
      }
    }
    guard !block.isEmpty else { return }
    do {
      try seal(time)
    } catch {
      failure = error
      meter.halted(error)
      return block.refuse(error)
    }
    keyDirectory.update(ledger.community.keys)
    signal.advance(to: ledger.size)
    block.confirm(checkpoint!)
  }

  /// Decides nothing any more, and closes the log.
  func stop() {
    if failure == nil { failure = .halted("the node has been stopped") }
    try? store.close()
  }

  private func answer(_ batch: [Submission], _ result: Result<Receipt, NodeError>) {
    for submission in batch { submission.answer.resume(returning: result) }
  }

  private func append(_ submission: Submission, _ time: Instant) throws(NodeError) -> Int {
    do {
      return try ledger.append(submission.facts, leaf: submission.leaf, time: time)
    } catch {
      throw .refused(error)
    }
  }

  /// The receipt of an entry that is in the log already; refuses another entry with the same sequence number.
  private func repeated(_ submission: Submission) throws(NodeError) -> Receipt? {
    let entry = submission.facts.entry
    guard let holder = ledger.community.keys.holder(entry.author), entry.sequence <= holder.sequence else { return nil }
    let stored = try asNode { () throws(StorageError) in
      guard let index = try store.index(of: entry.author, sequence: entry.sequence) else {
        return nil as (Int, [UInt8])?
      }
      return (index, try store.leaves(index..<(index + 1))[0])
    }
    if let (index, line) = stored, line == entry.line.bytes {
      return Receipt(index: index, checkpoint: try newestCheckpoint(), isRepeated: true)
    }
    throw .sequenceReused("sequence number \(entry.sequence) is used: its key has signed it, or a later one, before")
  }

  private func newestCheckpoint() throws(NodeError) -> CosignedCheckpoint {
    if let checkpoint { return checkpoint }
    return try asNode { () throws(StorageError) in try store.publishedCheckpoint() }
  }

  private func seal(_ time: Instant) throws(NodeError) {
    do {
      let block = try ledger.seal(at: time, vote: keys.vote, cosigners: [(keys.name, keys.cosign)])
      let start = ContinuousClock.now
      try store.commit(block)
      let sealed = try CosignedCheckpoint(block.checkpoint)
      checkpoint = sealed
      meter.committed(
        height: block.height, tree: sealed.checkpoint, time: ledger.time, took: ContinuousClock.now - start)
    } catch {
      throw .halted("the block could not be written, so the node stops: \(error)")
    }
  }
}
