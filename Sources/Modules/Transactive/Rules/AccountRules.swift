import Kernel
import Quantities

/// Accounts of parties, and tokens.
extension LocalMarket {
  func check(_ event: AccountOpened, in context: Context) throws(Rejection) {
    try context.require(.operator)
    try context.registry.requireActive(event.party)
    guard member(event.party)?.isOpen != true else {
      throw Rejection(.conflict, "prosumer_exists", "Prosumer account already exists: \(event.party) in \(event.lem)")
    }
  }

  func check(_ event: AccountClosed, in context: Context) throws(Rejection) {
    try context.require(.operator)
    _ = try openMember(event.party)
  }

  func check(_ event: TokenRewarded, in context: Context) throws(Rejection) {
    try context.require(.operator)
    var seen = Set<PartyID>()
    for reward in event.rewards {
      guard let member = member(reward.party) else {
        throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(reward.party)")
      }
      guard seen.insert(reward.party).inserted, reward.energy > .zero,
        reward.energy.wattHours == member.sold - member.rewarded
      else {
        throw Rejection(
          .invalid, "reward_wrong",
          "\(reward.party) has earned tokens for \(member.sold - member.rewarded) Wh, not \(reward.energy.wattHours)")
      }
    }
    guard book.canPost(Self.movements(for: event)) else { throw Self.overflow }
  }

  /// The number of `party`, whose account must be open.
  func openMember(_ party: PartyID) throws(Rejection) -> Int {
    guard let number = numbers[party], members[number].isOpen else {
      throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(party)")
    }
    return number
  }

  mutating func open(_ party: PartyID) {
    if let number = numbers[party] {
      members[number].isOpen = true
    } else {
      numbers[party] = members.count
      members.append(Member(party: party))
    }
  }

  mutating func close(_ party: PartyID) {
    let number = numbers[party]!
    members[number].isOpen = false
    let orders = placements.filter { $0.value.member == number }.map(\.key)
    for order in orders.sorted() { cancel(order) }
  }

  mutating func reward(_ event: TokenRewarded) {
    book.post(Self.movements(for: event))
    for reward in event.rewards { members[numbers[reward.party]!].rewarded += reward.energy.wattHours }
  }

  static func movements(for event: TokenRewarded) -> [Movement] {
    event.rewards.compactMap { reward in
      Movement(.tokens, reward.energy.wattHours, to: .party(reward.party), from: .issuance, .reward)
    }
  }

  static let overflow = Rejection(.invalid, "book_overflow", "an account would exceed 64 bits")
}
