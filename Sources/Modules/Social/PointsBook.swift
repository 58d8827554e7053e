import Encoding
import Kernel
import Quantities

/// What a participant has.
public struct PointsAccount: TableRow {
  /// The members.
  public static let members = Members(Self.init, Member("party", \.party), Member("points", \.points))

  let party: PartyID
  var points: Int

  init(party: PartyID, points: Int) { (self.party, self.points) = (party, points) }

  /// The participant.
  public var key: PartyID { party }
}

/// TwinERGY points under double entry: what is issued equals what participants have and have redeemed.
public struct PointsBook: MemberObject {
  /// The most points that are ever issued.
  public static let maximumIssued = 1_000_000_000_000

  /// The members.
  public static let members = Members(
    Self.init(issued:redeemed:accounts:), Member("issued", \.issued), Member("redeemed", \.redeemed),
    Member("accounts", \.accounts))

  private(set) var issued: Int
  private(set) var redeemed: Int
  private(set) var accounts: Table<PointsAccount>

  init() { self.init(issued: 0, redeemed: 0, accounts: Table()) }

  private init(issued: Int, redeemed: Int, accounts: Table<PointsAccount>) {
    (self.issued, self.redeemed, self.accounts) = (issued, redeemed, accounts)
  }

  func balance(of party: PartyID) -> Int { accounts[party]?.points ?? 0 }

  /// Moves `points` from issuance to `party`.
  mutating func issue(_ points: Int, to party: PartyID) {
    issued += points
    accounts.put(PointsAccount(party: party, points: balance(of: party) + points))
  }

  /// Moves `points` from `party` to what is redeemed.
  mutating func redeem(_ points: Int, of party: PartyID) {
    redeemed += points
    accounts.put(PointsAccount(party: party, points: balance(of: party) - points))
  }

  /// Whether nothing was created or lost.
  var isBalanced: Bool { issued == redeemed + accounts.unordered.reduce(0) { $0 + $1.points } }
}
