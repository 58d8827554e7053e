import Encoding
import Kernel
import Quantities

/// `account.opened`: a party gets a transactive account in a LEM (TwinTEP.01).
public struct AccountOpened: EventPayload {
  /// The event's type.
  public static let type = "account.opened"
  /// The members.
  public static let members = Members(Self.init(lem:party:), Member("lem", \.lem), Member("party", \.party))

  /// The market.
  public let lem: LEMID
  /// The participant or consortium.
  public let party: PartyID

  /// `party` may trade in `lem`.
  public init(lem: LEMID, party: PartyID) { (self.lem, self.party) = (lem, party) }
}

/// `account.closed`: a party trades no more (TwinTEP.02). What it has traded is still settled; its balance stays.
public struct AccountClosed: EventPayload {
  /// The event's type.
  public static let type = "account.closed"
  /// The members.
  public static let members = Members(Self.init(lem:party:), Member("lem", \.lem), Member("party", \.party))

  /// The market.
  public let lem: LEMID
  /// The participant or consortium.
  public let party: PartyID

  /// `party` trades no more in `lem`.
  public init(lem: LEMID, party: PartyID) { (self.lem, self.party) = (lem, party) }
}

/// `token.rewarded`: parties receive tokens for what they sold in the LEM and delivered (TwinTEP.05).
public struct TokenRewarded: EventPayload {
  /// The event's type.
  public static let type = "token.rewarded"
  /// The members.
  public static let members = Members(
    Self.init(lem:rewards:), Member("lem", \.lem), Member("rewards", \.rewards, count: 1...maximumRewards))

  /// The most parties of one event.
  public static let maximumRewards = 1000

  /// One party's reward.
  public struct Reward: Sendable, Hashable {
    /// Who receives it.
    public let party: PartyID
    /// Wh sold and delivered since the last reward; 1000 Wh are one token (TWT).
    public let energy: Energy

    /// `party` receives tokens for `energy`.
    public init(party: PartyID, energy: Energy) { (self.party, self.energy) = (party, energy) }
  }

  /// The market.
  public let lem: LEMID
  /// The rewards.
  public let rewards: [Reward]

  /// Parties of `lem` receive `rewards`.
  public init(lem: LEMID, rewards: [Reward]) { (self.lem, self.rewards) = (lem, rewards) }
}

extension TokenRewarded.Reward: MemberObject {
  /// The members.
  public static let members = Members(
    { (party: PartyID, energy: EnergySum) in Self(party: party, energy: energy.energy) },
    Member("party", \.party), Member("energy") { EnergySum($0.energy) })
}
