import Encoding
import HashTreeCollections
import Quantities

/// The accounts of a LEM under double entry: the sum over all accounts of an asset is always zero.
///
/// A balance is credits less debits.
public struct Book: Sendable {
  struct Holding: Hashable, Sendable {
    var account: Account
    var asset: Asset
  }

  private var balances: TreeDictionary<Holding, Int> = [:]
  /// No balance is further from zero: every amount that was ever posted, or the largest balance that was read.
  private var bound = 0

  /// No balance comes as far, and none may: half of the range.
  private static let limit = Int.max / 2

  init() {}

  /// What `account` holds of `asset`.
  public func balance(of account: Account, _ asset: Asset) -> Int {
    balances[Holding(account: account, asset: asset)] ?? 0
  }

  /// Whether posting `movements` keeps every balance within 64 bits.
  func canPost(_ movements: [Movement]) -> Bool {
    // Half of the range is never reached while each total of absolute amounts stays below the other half.
    guard let total = Self.total(movements), total < Self.limit else { return false }
    if bound < Self.limit { return true }
    return movements.allSatisfy { movement in
      balance(of: movement.debit, movement.asset) > -Self.limit
        && balance(of: movement.credit, movement.asset) < Self.limit
    }
  }

  /// The sum of all amounts; nil beyond 64 bits.
  private static func total(_ movements: [Movement]) -> Int? {
    var total = 0
    for movement in movements {
      let (sum, overflow) = total.addingReportingOverflow(movement.amount)
      guard !overflow else { return nil }
      total = sum
    }
    return total
  }

  /// Posts `movements`, after which the books balance or the program stops: a ledger that goes on wrongly can't be mended.
  mutating func post(_ movements: [Movement]) {
    // It is compared with half of the range only, so it need not grow beyond that.
    bound = min(Self.limit, bound + min(Self.limit, Self.total(movements) ?? .max))
    for movement in movements {
      balances[Holding(account: movement.debit, asset: movement.asset), default: 0] -= movement.amount
      balances[Holding(account: movement.credit, asset: movement.asset), default: 0] += movement.amount
    }
    precondition(isBalanced, "double entry is broken: the program is wrong")
  }

  /// Whether every asset sums to zero over all accounts, and the market holds no money and no energy.
  public var isBalanced: Bool {
    var sums: [Asset: Int] = [:]
    for (holding, balance) in balances { sums[holding.asset, default: 0] &+= balance }
    return sums.values.allSatisfy { $0 == 0 } && balance(of: .market, .money) == 0
      && balance(of: .market, .energy) == 0
  }
}

extension Book {
  /// Writes all balances, sorted by account and asset; amounts as decimal strings.
  func write(to writer: inout JSONWriter) {
    let rows = balances.map { ($0.key.account.description, $0.key.asset.rawValue, $0.value) }
    writer.array { writer in
      for (account, asset, balance) in rows.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
        writer.object { row in
          row.field("account", account)
          row.field("asset", asset)
          row.field("balance", Money(nanos: balance))
        }
      }
    }
  }

  /// Reads back what ``write(to:)`` wrote.
  init(_ value: JSONValue) throws(JSONError) {
    let rows = try value.array { (value) throws(JSONError) in
      var fields = try value.fields()
      guard let account = Account(try fields.string("account")), let asset = Asset(rawValue: try fields.string("asset"))
      else { throw JSONError(.value, "not an account or an asset") }
      let balance = try fields.read("balance") { (value) throws(JSONError) in try value.money() }
      try fields.finish()
      return (Holding(account: account, asset: asset), balance.units)
    }
    for (holding, balance) in rows { balances[holding] = balance }
    bound = rows.reduce(0) { max($0, min(Self.limit, Int(clamping: $1.1.magnitude))) }
  }
}
