import Quantities

/// Rules of time that modules share. Time is the block's.
extension Context {
  /// The furthest ahead that a forecast, plan or booking may reach: 40 days.
  public static let horizonMilliseconds = 40 * 96 * Slot.milliseconds

  /// Refuses a forecast of which nothing lies ahead, or that reaches further than the horizon.
  public func requireAhead(_ slots: SlotRange) throws(Rejection) {
    guard slots.last.end > time else {
      throw Rejection(.invalid, "forecast_passed", "the last slot, \(slots.last), has passed at \(time)")
    }
    try requireWithinHorizon(slots.last.end)
  }

  /// Refuses a signal or plan whose first slot has passed.
  public func requireUpcoming(_ slots: SlotRange) throws(Rejection) {
    guard slots.first.end > time else {
      throw Rejection(.invalid, "slot_passed", "slot \(slots.first) has passed at \(time)")
    }
    try requireWithinHorizon(slots.last.end)
  }

  /// Refuses measurements of slots that have not ended.
  public func requireEnded(_ slots: SlotRange) throws(Rejection) {
    guard slots.last.end <= time else {
      throw Rejection(.invalid, "reading_early", "slot \(slots.last) has not ended at \(time)")
    }
  }

  /// Refuses a period that is empty, has passed, or reaches further than the horizon.
  public func requirePeriod(_ start: Instant, _ end: Instant) throws(Rejection) {
    guard start < end else { throw Rejection(.invalid, "period_invalid", "\(end) is not after \(start)") }
    guard end > time else { throw Rejection(.invalid, "period_passed", "\(end) has passed at \(time)") }
    try requireWithinHorizon(end)
  }

  private func requireWithinHorizon(_ end: Instant) throws(Rejection) {
    guard end.milliseconds - time.milliseconds <= Self.horizonMilliseconds else {
      throw Rejection(.invalid, "forecast_too_early", "\(end) is more than 40 days ahead of \(time)")
    }
  }
}
