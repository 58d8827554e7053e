import Community
import Cryptography
import Log
import Synchronization
import Testing
import Village

@testable import Node

@Suite("The intake") struct IntakeTests {
  /// Adds one submission after another to `intake`; answers how each was admitted.
  private func add(_ count: Int, to intake: Intake) async throws -> [Intake.Admission] {
    let facts = try EntryFacts(
      line: Village.line("operator", sequence: 1, [#"{"type":"device.removed","device":"d"}"#]))
    var admissions: [Intake.Admission] = []
    for _ in 0..<count {
      let seen = Mutex<Intake.Admission>(.full)
      _ = await withCheckedContinuation { (answer: CheckedContinuation<Result<Receipt, NodeError>, Never>) in
        let leaf = MerkleHash.leaf(facts.entry.line.bytes)
        let admission = intake.add(Submission(facts: facts, leaf: leaf, answer: answer))
        seen.withLock { $0 = admission }
        // Nobody drains here; what was admitted is answered at once, and only its place is kept.
        answer.resume(returning: .failure(.busy("")))
      }
      admissions.append(seen.withLock { $0 })
    }
    return admissions
  }

  @Test func `takes as many as it has places, and the first calls for the sequencer`() async throws {
    let intake = Intake(capacity: 3)
    #expect(try await add(5, to: intake) == [.first, .waiting, .waiting, .full, .full])
    #expect(intake.take(2).count == 2)
    #expect(try await add(3, to: intake) == [.waiting, .waiting, .full])
    #expect(intake.take(9).count == 3)
    #expect(intake.take(9).isEmpty)
    #expect(try await add(1, to: intake) == [.first])
  }

  @Test func `takes no more bytes than it may hold`() async throws {
    let length = try Village.line("operator", sequence: 1, [#"{"type":"device.removed","device":"d"}"#]).bytes.count
    let intake = Intake(bytes: 2 * length + 1)
    #expect(try await add(3, to: intake) == [.first, .waiting, .full])
    _ = intake.take(1)
    #expect(try await add(2, to: intake) == [.waiting, .full])
  }
}
