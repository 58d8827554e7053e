import Community
import Consensus
import Cryptography
import Log
import Replica

/// Inputs to validators, and what they do.
extension World {
  mutating func input(_ input: Replica.Input, to place: Int) {
    guard place < honest else { return lie(input, place) }
    guard machines[place].replica != nil, machines[place].inbox.count < 10_000 else { return }
    machines[place].inbox.append(input)
    work(place)
  }

  private mutating func lie(_ input: Replica.Input, _ place: Int) {
    let peers = (0..<scenario.validators).filter { $0 != place }
    let (say, wait) = liars[place - honest].step(input, at: clock(place), peers: peers)
    for message in say { send(overTheWire(message.packet), from: place, to: message.to) }
    for timeout in wait { queue.add(.timeout(timeout, of: place, life: 0), at: time + timeout.milliseconds) }
  }

  /// Goes on until the disk must be waited for, or nothing is left to do.
  mutating func work(_ place: Int) {
    while machines[place].replica != nil, !machines[place].isSyncing {
      if !isCalm, random.happens(scenario.crashes), random.happens(200) { return crash(place) }
      if !machines[place].work.isEmpty {
        perform(machines[place].work.removeFirst(), place)
      } else if !machines[place].inbox.isEmpty {
        let input = machines[place].inbox.removeFirst()
        machines[place].work = machines[place].replica!.step(input, at: clock(place))
      } else {
        return
      }
    }
  }

  mutating func crash(_ place: Int) {
    machines[place].crash(keeping: random.pick(0...3))
    outcome.crashes += 1
    queue.add(.start(place), at: time + random.pick(10...6000))
  }

  private mutating func perform(_ effect: Replica.Effect, _ place: Int) {
    switch effect {
    case .persist(let packet, let height):
      machines[place].disk.persist(packet, height: height)
      sync(place)
    case .commit(let block, let proof):
      if case .decided(_, let votes) = proof, let root = votes.first?.vote.root { decide(block, root, place) }
      machines[place].disk.commit(block, proof: proof)
      sync(place)
    case .publish(let checkpoint): publish(checkpoint, place)
    case .broadcast(let packet):
      let packet = overTheWire(packet)
      for peer in 0..<scenario.validators where peer != place { send(packet, from: place, to: peer) }
    case .send(let packet, let name):
      guard let peer = community.keys.firstIndex(where: { $0.name == name }) else { return }
      send(overTheWire(packet), from: place, to: peer)
    case .serve(let height, let name):
      guard height <= machines[place].disk.blocks.count,
        let peer = community.keys.firstIndex(where: { $0.name == name })
      else { return }
      send(machines[place].disk.blocks[height - 1].proof, from: place, to: peer)
    case .schedule(let timeout):
      queue.add(.timeout(timeout, of: place, life: machines[place].life), at: time + timeout.milliseconds)
    case .refuse(let facts, .refused(let why)): refuse(facts, why, place)
    case .refuse: break
    case .accuse(let evidence): accuse(evidence)
    case .halt(let divergence): checker.violated("v\(place) halts: \(divergence.sentence)")
    }
  }

  /// What an author may say once all it said before has a receipt must never be refused, but for what it has said already.
  private mutating func refuse(_ facts: EntryFacts, _ why: Refusal, _ place: Int) {
    guard case .event = why, let author = community.scripts.firstIndex(where: { $0[0].author == facts.entry.author })
    else { return }
    let script = community.scripts[author]
    guard progress[author] < script.count, script[progress[author]] == facts.entry.line else { return }
    checker.violated("v\(place) refuses what may happen: \(why)")
  }

  private static func sequence(of line: SignedLine) -> Int { (try? Entry(line))?.sequence ?? .max }

  private mutating func sync(_ place: Int) {
    machines[place].isSyncing = true
    let took = isCalm ? 1 : random.pick(0...scenario.sync)
    queue.add(.synced(place, life: machines[place].life), at: time + took)
  }

  private mutating func decide(_ block: SealedBlock, _ root: Digest, _ place: Int) {
    checker.decide(block, root: root, by: "v\(place)", wrong: wrong)
    outcome.height = max(outcome.height, block.height)
    guard isCalm, let round = machines[place].replica?.decidedRound else { return }
    let before = atCalm.filter { $0.height == block.height }.map(\.round).max() ?? 0
    outcome.roundsInCalm = max(outcome.roundsInCalm, round - before + 1)
    if outcome.roundsInCalm > Self.roundsPerValidator * max(4, scenario.validators) {
      checker.violated("slow: height \(block.height) took \(outcome.roundsInCalm) rounds after the faults had stopped")
    }
  }

  /// An honest validator must never be proven guilty.
  private mutating func accuse(_ evidence: Evidence) {
    accused.insert(evidence.author)
    if let place = community.keys.firstIndex(where: { $0.vote.id == evidence.author }), place < honest {
      checker.violated("v\(place) is honest and has contradicted itself at height \(evidence.height)")
    }
  }

  private mutating func publish(_ checkpoint: CosignedCheckpoint, _ place: Int) {
    checker.publish(checkpoint.checkpoint, by: "v\(place)")
    machines[place].published = checkpoint.checkpoint.size
    guard (try? machines[place].replica?.ledger.terms.requireQuorum(on: checkpoint)) != nil else {
      return checker.violated("v\(place) publishes a checkpoint without a quorum")
    }
    guard let ledger = machines[place].replica?.ledger, ledger.size == checkpoint.checkpoint.size else { return }
    for (author, script) in community.scripts.enumerated() {
      let said = ledger.community.keys.holder(script[0].author)?.sequence ?? 0
      progress[author] = max(progress[author], script.count { Self.sequence(of: $0) <= said })
    }
  }

  /// What arrives is what the bytes say.
  private func overTheWire(_ packet: Packet) -> Packet {
    do {
      return try Packet(packet.bytes)
    } catch {
      preconditionFailure("a validator sends what cannot be read: \(error)")
    }
  }

  mutating func send(_ packet: Packet, from: Int, to: Int) {
    if !isCalm, part[from] != part[to] || random.happens(scenario.loss) { return }
    let delay = isCalm ? 20 : scenario.delay
    queue.add(.deliver(packet, from: from, to: to), at: time + random.pick(1...delay))
    if !isCalm, random.happens(scenario.duplication) {
      queue.add(.deliver(packet, from: from, to: to), at: time + random.pick(1...delay))
    }
  }

  /// An author submits what has no receipt yet, to any honest validator, and tries again.
  mutating func submit(_ author: Int) {
    let script = community.scripts[author]
    guard progress[author] < script.count else { return }
    let place = random.pick(0...(honest - 1))
    if let facts = try? EntryFacts(line: script[progress[author]]) { input(.submit(facts), to: place) }
    queue.add(.author(author), at: time + random.pick(500...2500))
  }
}
