import Encoding

/// Whether the process lives, and whether it is ready to take entries.
struct HealthPages {
  let startup: Startup

  func live() -> Answer { Answer(.text, .never, Array("alive\n".utf8)) }

  /// 200 once the node takes entries, 503 before, and when it takes none any more.
  func ready() -> Answer {
    let statistics = startup.node?.statistics
    let verification = startup.verification
    let isBad = if case .bad = verification { true } else { false }
    let isReady = statistics != nil && statistics?.failure == nil && !isBad
    var answer = Answer.json { ready in
      ready.name("ready")
      ready.boolean(isReady)
      ready.field("node", statistics == nil ? "opening" : statistics?.failure == nil ? "open" : "halted")
      if let failure = statistics?.failure { ready.field("failure", failure.description) }
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
