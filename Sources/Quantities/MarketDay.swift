/// One local day of a LEM: 96 slots, or 92 and 100 on the days on which the clocks change by an hour.
public struct MarketDay: Hashable, Sendable {
  /// The day.
  public let date: CivilDate
  /// Its slots, from local midnight to local midnight.
  public let slots: SlotRange

  /// The day `date` in `zone`.
  public init(_ date: CivilDate, in zone: TimeZoneRule) throws(QuantityError) {
    let first = try Slot(containing: zone.midnight(of: date))
    let end = zone.midnight(of: date.advanced(byDays: 1))
    self.date = date
    slots = try SlotRange(first, count: (end.milliseconds - first.start.milliseconds) / Slot.milliseconds)
  }
}
