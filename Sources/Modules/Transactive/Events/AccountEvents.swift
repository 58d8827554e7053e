import Encoding
import Kernel
import Quantities

/// `account.opened`: a party gets a transactive account in a LEM (TwinTEP.01).
public struct AccountOpened: EventPayload {
  /// The event's type.
  public static let type = "account.opened"
  /// The market.
  public let lem: LEMID
  /// The participant or consortium.
  public let party: PartyID

  /// `party` may trade in `lem`.
  public init(lem: LEMID, party: PartyID) { (self.lem, self.party) = (lem, party) }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    lem = try fields.identifier("lem")
    party = try fields.identifier("party")
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    writer.field("party", party)
  }
}

/// `account.closed`: a party trades no more (TwinTEP.02). What it has traded is still settled; its balance stays.
public struct AccountClosed: EventPayload {
  /// The event's type.
  public static let type = "account.closed"
  /// The market.
  public let lem: LEMID
  /// The participant or consortium.
  public let party: PartyID

  /// `party` trades no more in `lem`.
  public init(lem: LEMID, party: PartyID) { (self.lem, self.party) = (lem, party) }

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    lem = try fields.identifier("lem")
    party = try fields.identifier("party")
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    writer.field("party", party)
  }
}

/// `token.rewarded`: parties receive tokens for what they sold in the LEM and delivered (TwinTEP.05).
public struct TokenRewarded: EventPayload {
  /// The event's type.
  public static let type = "token.rewarded"
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

  /// Reads the members.
  public init(_ fields: inout JSONFields) throws(JSONError) {
    lem = try fields.identifier("lem")
    rewards = try fields.array("rewards") { (value) throws(JSONError) in
      var fields = try value.fields()
      let reward = Reward(
        party: try fields.identifier("party"), energy: Energy(wattHours: try fields.integer("energy")))
      try fields.finish()
      return reward
    }
    guard (1...Self.maximumRewards).contains(rewards.count) else {
      throw JSONError(.value, "an event rewards 1 to \(Self.maximumRewards) parties, not \(rewards.count)")
    }
  }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) {
    writer.field("lem", lem)
    writer.field("rewards", each: rewards) { writer, reward in
      writer.object { fields in
        fields.field("party", reward.party)
        fields.field("energy", reward.energy)
      }
    }
  }
}
