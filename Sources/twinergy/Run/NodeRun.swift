import Audit
import Cryptography
import Encoding
import Foundation
import Log
import Node
import NodeSettings
import Quantities
import Storage
import Synchronization
import Web

/// One run of a node, from its settings to the signal that ends it.
struct NodeRun {
  private let address: ListenAddress
  private let startup: Startup
  private let keys: ValidatorKeys
  private let company: Company?
  private let platform: PlatformRun?
  private let ending = Ending()

  /// Opens the log and the keys that `settings` name.
  init(_ settings: Settings) throws {
    let data = try settings.required(.data)
    address = try settings[.http].map { try ListenAddress($0.text) } ?? .loopback
    let together = TogetherSettings(settings)
    let genesis = try Self.genesis(settings[.genesis]?.text, data)
    let isAlone = genesis.validators.validators.count == 1 && !together.isWanted
    let passphrase = try Passphrase.read(file: settings[.passphraseFile]?.text)
    let opening = ValidatorOpening(data, genesis: genesis, peers: together.peers, tell: TogetherSettings.tell)
    let store = isAlone ? try LogStore.open(data) : try opening.open()
    guard try store.genesis() == genesis.bytes else {
      throw StorageError.conflict("\(data) holds the log of another genesis document")
    }
    let files = KeyFiles(directory: settings[.keys]?.text ?? "\(data)/keys")
    keys = try files.validator(of: genesis, passphrase: passphrase) {
      // Who joined later stands in the log, which the others may have to give first.
      try (isAlone ? Replay.newest(store) : opening.catchUp(store)).community.governance.validatorsToCome
    }
    company = isAlone ? nil : try together.company(genesis, me: keys.name)
    platform = try PlatformSettings(settings)
      .options { files.exists("gateway") ? try files.open("gateway", passphrase: passphrase) : nil }
      .map(PlatformRun.init)
    startup = Startup(store: store)
    EventLine.write("starting", ("origin", genesis.origin), ("data", data), ("validator", keys.name))
  }

  /// The genesis document in `file`; else the one that the log in `data` begins with.
  private static func genesis(_ file: String?, _ data: String) throws -> Genesis {
    if let file { return try Genesis(Files.read(file)) }
    let store = try LogStore.read(data)
    defer { try? store.close() }
    return try Genesis(store.genesis())
  }

  /// Serves until a signal, a failed write, or a log that does not replay; answers how the process ends.
  func run() async throws -> ExitStatus {
    let (address, ending, platform) = (address, ending, platform)
    let server = WebServer(startup, host: address.host, port: address.port) { port in
      EventLine.write("listening", ("url", address.url(port: port)))
      if !address.isLoopback {
        EventLine.write("reachable", level: .warning, ("advice", "let a web server with TLS stand before this address"))
      }
    }
    ending.onFirst {
      platform?.cancel()
      Task { await server.stop() }
    }
    let signals = StopSignals { ending.end(with: $0 == SIGINT ? .interrupted : .good) }
    defer { signals.cancel() }
    DispatchQueue.global().async { open() }
    do {
      try await server.run()
      await platform?.finish()
    } catch {
      await platform?.finish()
      if let status = ending.status { return status }
      throw ListenError("cannot listen on \(address.host):\(address.port): \(error)")
    }
    let status = ending.status ?? .failed
    EventLine.write("stopped", ("status", status.rawValue))
    return status
  }

  /// Replays the log, takes entries from then on, and verifies the log beside that.
  private func open() {
    do {
      let ending = ending
      let node = try Node(store: startup.store, keys: keys, company: company, clock: Self.now) { error in
        EventLine.write("halted", level: .error, ("code", error.code), ("sentence", error.sentence))
        ending.end(with: .failed)
      }
      startup.open(node)
      let statistics = node.statistics
      EventLine.write("open", ("height", statistics.height), ("size", statistics.size))
      platform?.begin(node, startup) { error in
        let fault = error as? any Fault ?? NodeError.halted("\(error)")
        EventLine.write("refused", level: .error, ("code", fault.code), ("sentence", fault.sentence))
        ending.end(with: ExitStatus(fault))
      }
    } catch {
      EventLine.write("refused", level: .error, ("code", error.code), ("sentence", error.sentence))
      return ending.end(with: ExitStatus(error))
    }
    verify()
  }

  @Sendable static func now() -> Instant { Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000)) }

  private func verify() {
    guard (try? startup.store.checkpoint()) != nil else { return startup.verification(is: .good(size: 1)) }
    var told = Date()
    let report = Auditor(startup.store).verify { done, total in
      startup.verification(is: .running(done: done, total: total))
      guard Date().timeIntervalSince(told) > 5 else { return }
      told = Date()
      EventLine.write("verifying", ("verified", done), ("of", total))
    }
    if let finding = report.findings.first {
      startup.verification(is: .bad(finding.description))
      platform?.cancel()
      for finding in report.findings {
        EventLine.write(
          "finding", level: .error, ("code", finding.code), ("sentence", finding.sentence), ("next", finding.next))
      }
    } else {
      startup.verification(is: .good(size: report.size))
      EventLine.write("verified", ("leaves", report.size), ("signatures", report.signatures))
    }
  }
}
