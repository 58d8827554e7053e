import ArgumentParser

/// The market on files, no node needed.
struct MarketCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "market", abstract: "Clear, share, couple and forecast from files; no node is needed.",
    discussion:
      "Prices are millionths of the currency per kWh, energy is Wh, money billionths (Specs/market-files.md).",
    subcommands: [
      MarketClearCommand.self, MarketShareCommand.self, MarketCoupleCommand.self, MarketForecastCommand.self,
      MarketVPPCommand.self,
    ])
}
