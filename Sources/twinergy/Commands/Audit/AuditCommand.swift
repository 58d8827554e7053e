import ArgumentParser

/// Verifying a log, and proofs from it, with public keys alone.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Verify a log and make or check proofs, with public keys alone.",
    subcommands: [
      VerifyLog.self, Prove.self, CheckProof.self, CheckConsistency.self, CheckStatement.self, Diff.self,
      RepairLog.self, WatchLog.self, CheckFork.self,
    ])
}
