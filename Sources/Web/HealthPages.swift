import Encoding
import Node

/// Whether the process lives, and whether it is ready to take entries.
struct HealthPages {
  let startup: Startup

  func live() -> Answer { Answer(.text, .never, Array("alive\n".utf8)) }

  /// 200 once the node takes entries, 503 before, when it takes none any more, and while no quorum could decide them.
  ///
  /// A broker that is away makes messages late and keeps no entry out, so it is told and changes nothing.
  func ready() -> Answer {
    let statistics = startup.node?.statistics
    let verification = startup.verification
    let isBad = if case .bad = verification { true } else { false }
    let validator = statistics?.validator
    let isReady = statistics != nil && statistics?.failure == nil && !isBad && validator?.hasQuorum ?? true
    var answer = Answer.json { ready in
      ready.name("ready")
      ready.boolean(isReady)
      ready.field("node", statistics == nil ? "opening" : statistics?.failure == nil ? "open" : "halted")
      if let failure = statistics?.failure { ready.field("failure", failure.description) }
      if let validator { ready.field("validator") { $0.object { validator.write(to: &$0) } } }
      if let platform = startup.platform {
        ready.field("broker", platform.isConnected ? "connected" : "away")
        ready.field("told", platform.told)
      }
      ready.field("verification") { $0.object { verification.write(to: &$0) } }
    }
    if !isReady { answer.status = 503 }
    return answer
  }
}

extension Startup.Verification {
  fileprivate func write(to writer: inout JSONWriter) {
    switch self {
    case .waiting: writer.field("state", "waiting")
    case .running(let done, let total):
      writer.field("state", "running")
      writer.field("verified", done)
      writer.field("of", total)
    case .good(let size):
      writer.field("state", "good")
      writer.field("verified", size)
      writer.field("of", size)
    case .bad(let finding):
      writer.field("state", "bad")
      writer.field("finding", finding)
    }
  }
}

extension ValidatorStatistics {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("height", height)
    writer.field("round", round)
    writer.field("step", isDeciding ? step : "idle")
    writer.name("quorum")
    writer.boolean(hasQuorum)
    writer.name("watching")
    writer.boolean(isWatching)
    writer.field("missing", each: missing) { $0.string($1) }
    writer.field("peers", each: peers) { writer, peer in
      writer.object { fields in
        fields.field("name", peer.name)
        if let silence = peer.silence { fields.field("seconds_silent", silence) }
      }
    }
    writer.field("guilty", each: guilty) { $0.string($1) }
  }
}
