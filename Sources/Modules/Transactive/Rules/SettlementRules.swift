import Encoding
import HashTreeCollections
import Kernel
import Market
import Quantities

/// Readings and settlement.
extension LocalMarket {
  func check(_ event: ReadingRecorded, in context: Context) throws(Rejection) {
    try context.require(.gateway)
    guard let device = context.registry.device(event.device) else {
      throw Rejection(.unknown, "device_unknown", "Device does not exist: \(event.device)")
    }
    guard device.kind == .meter else {
      throw Rejection(.invalid, "device_not_meter", "\(event.device) is a \(device.kind.rawValue), not a billing meter")
    }
    for owner in device.owners.owners where numbers[owner.party] == nil {
      throw Rejection(.unknown, "prosumer_unknown", "Prosumer account does not exist: \(owner.party)")
    }
    guard event.slots.last.end <= context.time else {
      throw Rejection(.invalid, "reading_early", "slot \(event.slots.last) has not ended at \(context.time)")
    }
    for (position, slot) in event.slots.enumerated() {
      let state = try state(slot)
      guard state.phase != .settled else { throw Self.isSettled(slot) }
      guard !state.meters.contains(event.device) else {
        throw Rejection(.conflict, "reading_exists", "\(event.device) is recorded for slot \(slot) already")
      }
      guard state.throughput + event.throughput(position) <= Self.maximumSlotEnergy.wattHours else {
        throw Rejection(
          .invalid, "reading_too_large", "all meters together measure at most \(Self.maximumSlotEnergy) in slot \(slot)"
        )
      }
    }
  }

  func check(_ event: SlotSettled, in context: Context) throws(Rejection) {
    try context.require(.operator)
    guard event.slots.last.end <= context.time else {
      throw Rejection(.invalid, "settlement_early", "slot \(event.slots.last) has not ended at \(context.time)")
    }
    let settlements = try settlements(event.slots)
    for (position, settlement) in settlements.enumerated() {
      guard settlement.local == event.local[position], settlement.imported == event.imported[position],
        settlement.exported == event.exported[position]
      else {
        throw Rejection(
          .invalid, "settlement_wrong",
          "slot \(event.slots[position]) has \(settlement.local) local, \(settlement.imported) imported and "
            + "\(settlement.exported) exported")
      }
    }
    guard book.canPost(settlements.flatMap(\.movements)) else { throw Self.overflow }
  }

  /// The right settlement of `range`: what an operator announces and a validator compares.
  public func settlement(_ lem: LEMID, _ range: SlotRange) throws(Rejection) -> SlotSettled {
    let settlements = try settlements(range)
    do {
      return try SlotSettled(
        lem: lem, first: range.first, local: settlements.map(\.local), imported: settlements.map(\.imported),
        exported: settlements.map(\.exported))
    } catch {
      throw Rejection(error)
    }
  }

  /// What each party has earned in tokens and not yet received, in the order of members.
  public var dueRewards: [TokenRewarded.Reward] {
    members.filter { $0.sold > $0.rewarded }.map {
      TokenRewarded.Reward(party: $0.party, energy: Energy(wattHours: $0.sold - $0.rewarded))
    }
  }

  private func settlements(_ range: SlotRange) throws(Rejection) -> [Settlement] {
    var settlements: [Settlement] = []
    for slot in range {
      let state = try state(slot)
      guard state.phase != .settled else { throw Self.isSettled(slot) }
      guard state.isCleared else {
        throw Rejection(.conflict, "slot_not_cleared", "slot \(slot) has orders that are not cleared")
      }
      do {
        settlements.append(try Settlement(state, slot, members: members))
      } catch {
        throw Rejection(.invalid, error.code, error.sentence)
      }
    }
    return settlements
  }

  private func checkedSettlements(_ range: SlotRange) -> [Settlement] {
    do {
      return try settlements(range)
    } catch {
      preconditionFailure("\(range) was settled when it was checked and cannot be now: \(error)")
    }
  }

  func movements(settling range: SlotRange) -> [Movement] { checkedSettlements(range).flatMap(\.movements) }
}

extension LocalMarket {
  mutating func record(_ event: ReadingRecorded, _ registry: Registry) {
    let owners = registry.device(event.device)!.owners
    for (position, slot) in event.slots.enumerated() {
      let exported = owners.split(event.exported[position].wattHours)
      let imported = owners.split(event.imported[position].wattHours)
      for (index, owner) in owners.owners.enumerated() {
        slots[known: slot].metered[numbers[owner.party]!, default: 0] += exported[index] - imported[index]
      }
      slots[known: slot].meters.insert(event.device)
      slots[known: slot].throughput += event.throughput(position)
    }
  }

  mutating func settle(_ range: SlotRange) {
    let settlements = checkedSettlements(range)
    book.post(settlements.flatMap(\.movements))
    for (slot, settlement) in zip(range, settlements) {
      for (member, wattHours) in settlement.delivered { members[member].sold += wattHours }
      let ending = slots[known: slot].ending
      slots[slot] = slots[known: slot].settled()
      end(ending)
      dealings.dealt[slot.number] = nil
    }
  }
}

extension ReadingRecorded {
  /// Imports and exports of the slot at `position`, in Wh.
  fileprivate func throughput(_ position: Int) -> Int {
    imported[position].wattHours + exported[position].wattHours
  }
}
