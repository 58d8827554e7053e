import Log
import Node
import Storage

/// Submission: a signed line in, a receipt out.
struct EntryPages {
  let node: Node

  /// Answers `line` with the proof that it stands in the log (C2SP tlog-proof): 201 for a new entry, 200 for one that the
  /// log had before.
  func submit(_ body: [UInt8]) async throws(WebFault) -> Answer {
    var line = body[...]
    if line.last == 0x0A { line.removeLast() }
    if line.last == 0x0D { line.removeLast() }
    let receipt: Receipt
    do {
      receipt = try await node.submit(Array(line))
    } catch {
      throw WebFault(error)
    }
    let proof = try asWeb { () throws(StorageError) in
      try node.store.proof(of: receipt.index, in: receipt.checkpoint)
    }
    var answer = Answer(.text, .never, proof.bytes)
    answer.status = receipt.isRepeated ? 200 : 201
    return answer
  }
}
