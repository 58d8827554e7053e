import ArgumentParser
import Audit
import Log

/// Whom to trust: a log's genesis, or a policy.
struct TrustOptions: ParsableArguments {
  @Option(help: "The genesis document of the log.")
  var genesis: String?

  @Option(help: "A trust policy instead (C2SP tlog-policy), such as `twinergy genesis policy` writes.")
  var policy: String?

  @Option(help: "The origin of the log that is meant, where the policy lists no log.")
  var origin: String?

  /// The same for a watcher, who follows a genesis' validators where they change.
  func watched() throws -> Watch.Trust {
    if let genesis, policy == nil, origin == nil { return .genesis(try Genesis(Files.read(genesis))) }
    return .policy(try read())
  }

  func read() throws -> TrustPolicy {
    switch (genesis, policy) {
    case (let genesis?, nil):
      guard origin == nil else { throw UsageError("a genesis document has its own origin") }
      return TrustPolicy(try Genesis(Files.read(genesis)))
    case (nil, let policy?): return try TrustPolicy(Files.read(policy), origin: origin)
    default: throw UsageError("say whom to trust: --genesis FILE, or --policy FILE with --origin ORIGIN")
    }
  }
}
