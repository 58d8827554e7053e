import ArgumentParser
import Foundation

/// Measures one row and prints its figures, one JSON line each. `Tools/bench` sets them beside their peers.
@main
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Figure one row on this machine.")

  /// What can be measured.
  enum Row: String, CaseIterable, ExpressibleByArgument {
    case append
    case appendCurves = "append-curves"
    case verify
    case verifyWithoutSignatures = "verify-no-signatures"
    case replay
    case prove
    case clearSlot = "clear-1m"
    case clearDay = "clear-day"
    case continuous
    case couple
    case validators
    case messages
  }

  @Argument(help: "What is measured. append also measures memory, replay also a restart.")
  var row: Row

  @Option(help: "Leaves of the log, requests of the book, orders of the largest slot.")
  var size = 50_000

  @Option(help: "The directory of the log: append makes it, what reads needs it.")
  var log: String?

  func run() async throws {
    for measure in try await measures() { print(measure.json) }
  }

  private func measures() async throws -> [Figure] {
    switch row {
    case .append: try await Append.entries(size, in: directory())
    case .appendCurves: try await Append.curves(size, in: directory())
    case .verify: try Reading.verify(directory(), withSignatures: true)
    case .verifyWithoutSignatures: try Reading.verify(directory(), withSignatures: false)
    case .replay: try Reading.replay(directory())
    case .prove: try Reading.prove(directory())
    case .clearSlot: try MarketClearing.slot([100, 1_000, 10_000, 100_000, 1_000_000].filter { $0 <= size })
    case .clearDay: try MarketClearing.day(size)
    case .continuous: try MarketContinuous.rows(size)
    case .validators: try await Validators.rows(size, in: directory())
    case .couple: try MarketCoupling.rows(markets: 100, ordersEach: size)
    case .messages: try await Messages.rows(size, in: directory())
    }
  }

  private func directory() throws -> String {
    guard let log else { throw ValidationError("the row \(row.rawValue) needs --log DIRECTORY") }
    return log
  }
}
