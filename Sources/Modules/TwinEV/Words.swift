import Encoding
import Kernel
import Quantities

/// What a ``StationID`` names.
public enum StationKind {}
/// What a ``BookingID`` names.
public enum BookingKind {}
/// What a ``SessionID`` names.
public enum SessionKind {}
/// What a ``RestrictionID`` names.
public enum RestrictionKind {}
/// A charging station: one or more charging points.
public typealias StationID = Identifier<StationKind>
/// A booking of a charging point.
public typealias BookingID = Identifier<BookingKind>
/// A charging session.
public typealias SessionID = Identifier<SessionKind>
/// A restriction by the DSO.
public typealias RestrictionID = Identifier<RestrictionKind>

extension ChargingCurve {
  /// The slots that the curve covers from `first` on.
  func slots(from first: Slot) throws(Rejection) -> SlotRange {
    do {
      return try SlotRange(first, count: imported.count)
    } catch {
      throw Rejection(error)
    }
  }
}
