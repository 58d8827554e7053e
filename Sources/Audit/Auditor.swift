import Cryptography
import Log
import Storage

/// Verifies a log from its bytes and public keys alone.
///
/// Checked: the genesis is leaf 0; every line is well-formed, signed by a key that was valid at its index, with a fresh
/// sequence number; block lines chain; every tile hashes to what it should; the root is that of the checkpoint, which a
/// quorum has cosigned of those who are validators at its end, by what the log itself decided about them. Not checked: whether a fact was *right* by its module's rules; `twinergy replay --check` does that.
public struct Auditor: Sendable {
  private let source: any LogSource
  private let withSignatures: Bool
  private let trusted: [UInt8]?

  /// An auditor of `source`.
  ///
  /// - Parameters:
  ///   - genesis: a genesis document from elsewhere, to be believed instead of the one beside the log.
  ///   - withSignatures: whether authors' signatures are verified; without, only hashes and chains are.
  public init(_ source: any LogSource, genesis: [UInt8]? = nil, withSignatures: Bool = true) {
    (self.source, trusted, self.withSignatures) = (source, genesis, withSignatures)
  }

  /// Verifies all; `progress` is told how many leaves of how many are done.
  public func verify(progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }) -> AuditReport {
    var report = AuditReport()
    do throws(StorageError) {
      guard let genesis = try readGenesis(&report) else { return report }
      guard let cosigned = try readCheckpoint(genesis, &report) else { return report }
      let checkpoint = cosigned.checkpoint
      var pass = VerificationPass(genesis, source: source, withSignatures: withSignatures, report: report)
      var lines = ReadAhead(source, 0..<checkpoint.size) { VerificationPass.Line($1, at: $0) }
      do throws(StorageError) {
        while let (first, read) = try lines.next() {
          progress(first, checkpoint.size)
          pass.check(read, at: first)
        }
      } catch {
        return pass.stop(Finding(error, index: pass.report.read))
      }
      progress(checkpoint.size, checkpoint.size)
      report = pass.finish(cosigned)
      for stranger in try source.strangers(size: checkpoint.size) {
        report.add(
          Finding("file_unknown", place: stranger, "\(stranger) is no part of the log that the checkpoint covers"))
      }
    } catch {
      report.add(Finding(error))
    }
    return report
  }

  private func readGenesis(_ report: inout AuditReport) throws(StorageError) -> Genesis? {
    let found = try source.genesis()
    if let trusted, trusted != found {
      report.add(
        Finding("genesis_differs", index: 0, place: "genesis.json", "the log's genesis is not the one you trust"))
    }
    do {
      let genesis = try Genesis(trusted ?? found)
      report.origin = genesis.origin
      return genesis
    } catch {
      report.add(Finding(error, index: 0, place: "genesis.json"))
      return nil
    }
  }

  /// The checkpoint as it is published. Who must have cosigned it is known when the log is read.
  private func readCheckpoint(_ genesis: Genesis, _ report: inout AuditReport) throws(StorageError)
    -> CosignedCheckpoint?
  {
    guard let bytes = try source.checkpoint() else {
      report.add(Finding("checkpoint_missing", place: "checkpoint", "the log has no checkpoint yet"))
      return nil
    }
    do throws(LogError) {
      let cosigned = try CosignedCheckpoint(bytes)
      report.size = cosigned.checkpoint.size
      try cosigned.checkpoint.require(genesis.origin)
      guard cosigned.bytes == bytes else { throw LogError(.note, "the checkpoint has another text than its parts") }
      return cosigned
    } catch {
      report.add(Finding(error, place: "checkpoint"))
      return nil
    }
  }
}
