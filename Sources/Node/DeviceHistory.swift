import Community
import Kernel
import Quantities
import Storage
import Transactive

/// The history of a meter (TwinTEP.11): a projection of the log.
public enum DeviceHistory {
  /// What a meter measured in one quarter-hour, with the entry that proves it.
  public struct Reading: Sendable {
    /// The entry.
    public let index: Int
    /// The quarter-hour.
    public let slot: Slot
    /// Taken from the grid.
    public let imported: Energy
    /// Given to the grid.
    public let exported: Energy
  }

  /// The readings of `device` in `lem` for slots that begin in `period`, in the order of the log.
  public static func readings(
    of device: DeviceID, in lem: LEMID, _ source: some LogSource, during period: Range<Instant>
  ) throws(NodeError) -> [Reading] {
    var found: [Reading] = []
    _ = try Replay.all(source) { _, fact, context, _ in
      guard let event = fact.event as? ReadingRecorded, event.lem == lem, event.device == device else { return }
      for (position, slot) in event.slots.enumerated() where period.contains(slot.start) {
        found.append(
          Reading(
            index: context.index, slot: slot, imported: event.imported[position], exported: event.exported[position]))
      }
    }
    return found
  }
}
