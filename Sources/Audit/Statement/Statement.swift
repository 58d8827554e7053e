import Cryptography
import Log
import Quantities

/// All movements of one account in a period, with the entries that made them and the proofs that these stand in the log.
///
/// Written by whoever has the log, checked by whoever gets it with public keys alone: see ``StatementCheck``, which also says
/// what a statement cannot prove.
public struct Statement: Sendable, Equatable {
  /// The format that this program writes and reads.
  public static let version = 1
  /// The most lines with proofs, entries and block lines together.
  public static let maximumLines = 20_000
  /// The most movements.
  public static let maximumMovements = 400_000

  /// What accounts hold.
  public enum Asset: String, Sendable, CaseIterable {
    /// n-units of the currency.
    case money
    /// Wh taken; negative where given.
    case energy
    /// Tokens in Wh: 1000 are one TWT.
    case tokens
  }

  /// A leaf of the log with its path to the root.
  public struct ProvenLine: Sendable, Equatable {
    /// The leaf's index.
    public let index: Int
    /// The leaf.
    public let line: [UInt8]
    /// The siblings from the leaf to the root.
    public let path: [Digest]

    /// The leaf `line` at `index` with its path.
    public init(index: Int, line: [UInt8], path: [Digest]) {
      (self.index, self.line, self.path) = (index, line, path)
    }
  }

  /// Something that the account got or gave.
  public struct Movement: Sendable, Equatable {
    /// The entry that made it.
    public let entry: Int
    /// What moved.
    public let asset: Asset
    /// What it adds to the balance.
    public let change: Int
    /// The account on the other side.
    public let counterparty: String
    /// Why, in the ledger's word.
    public let reason: String
    /// For which slot, where it is for one.
    public let slot: Slot?

    /// A movement of these parts.
    public init(entry: Int, asset: Asset, change: Int, counterparty: String, reason: String, slot: Slot?) {
      (self.entry, self.asset, self.change) = (entry, asset, change)
      (self.counterparty, self.reason, self.slot) = (counterparty, reason, slot)
    }
  }

  /// What an account holds.
  public struct Balance: Sendable, Equatable {
    /// n-units.
    public var money: Int
    /// Wh taken less given.
    public var energy: Int
    /// Tokens in Wh.
    public var tokens: Int

    /// A balance of these amounts.
    public init(money: Int = 0, energy: Int = 0, tokens: Int = 0) {
      (self.money, self.energy, self.tokens) = (money, energy, tokens)
    }

    /// Adds a movement; false where the sum exceeds 64 bits.
    public mutating func add(_ movement: Movement) -> Bool {
      let path: WritableKeyPath<Balance, Int> =
        switch movement.asset {
        case .money: \.money
        case .energy: \.energy
        case .tokens: \.tokens
        }
      let (sum, overflow) = self[keyPath: path].addingReportingOverflow(movement.change)
      self[keyPath: path] = sum
      return !overflow
    }
  }

  /// The LEM whose books these are.
  public let lem: LEMID
  /// The account, such as `party:h01`.
  public let account: String
  /// The currency of money.
  public let currency: Currency
  /// Where the LEM's days begin.
  public let zone: TimeZoneRule
  /// When the period begins.
  public let from: Instant
  /// When it has ended.
  public let to: Instant
  /// What the account held before: carried over, not proven.
  public let before: Balance
  /// What it held after.
  public let after: Balance
  /// The tree that all entries stand in.
  public let checkpoint: CosignedCheckpoint
  /// The entries that made the movements, by index.
  public let entries: [ProvenLine]
  /// The lines of the blocks that these entries stand in, by index: they say when.
  public let blocks: [ProvenLine]
  /// All movements, in order.
  public let movements: [Movement]

  /// A statement of these parts.
  public init(
    lem: LEMID, account: String, currency: Currency, zone: TimeZoneRule, period: Range<Instant>, before: Balance,
    after: Balance, checkpoint: CosignedCheckpoint, entries: [ProvenLine], blocks: [ProvenLine], movements: [Movement]
  ) {
    (self.lem, self.account, self.currency, self.zone) = (lem, account, currency, zone)
    (from, to) = (period.lowerBound, period.upperBound)
    (self.before, self.after, self.checkpoint) = (before, after, checkpoint)
    (self.entries, self.blocks, self.movements) = (entries, blocks, movements)
  }
}
