import ArgumentParser
import Encoding
import Foundation

/// The command line of Twinergy.
@main
struct Twinergy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "twinergy",
    abstract: "The record and the market of local energy communities.",
    discussion: """
      Data goes to standard output, everything else to standard error; the last line is the verdict.
      Exit: 0 good, 1 refused or failed, 2 usage, 3 incomplete, 10 no log there, 11 locked, 12 key or authority,
      13 network, 14 checkpoint conflict, 130 interrupted.
      """,
    version: "0.1.0",
    subcommands: [
      DemoCommand.self, LogCommand.self, AuditCommand.self, ReplayCommand.self, MessagesCommand.self,
      AccountCommand.self, SubmitCommand.self, SignCommand.self, KeyCommand.self, GenesisCommand.self,
      MarketCommand.self, SchemaCommand.self, NodeCommand.self, PersonCommand.self, SupportBundleCommand.self,
      GovernanceCommand.self,
    ])

  static func main() async {
    signal(SIGINT) { _ in _exit(ExitStatus.interrupted.rawValue) }
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let fault as any Fault {
      Console.note(Console.red("error: ") + fault.description)
      Foundation.exit(ExitStatus(fault).rawValue)
    } catch {
      exitAsArgumentParser(error)
    }
  }

  /// Help and usage errors, told by the parser; its status for wrong usage is another than ours.
  private static func exitAsArgumentParser(_ error: any Error) -> Never {
    let message = fullMessage(for: error)
    let code = exitCode(for: error)
    if code == .success {
      Console.print(message)
      Foundation.exit(ExitStatus.good.rawValue)
    }
    if !message.isEmpty { Console.note(message) }
    Foundation.exit(code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue)
  }
}
