import Encoding
import Kernel
import Quantities

/// `booking.made`: a vehicle will have a charging point to itself.
public struct BookingMade: EventPayload, TableRow {
  /// The event's type.
  public static let type = "booking.made"
  /// The members.
  public static let members = Members(
    Self.init(booking:point:vehicle:start:end:), Member("booking", \.booking), Member("point", \.point),
    Member("vehicle", \.vehicle), Member("start", \.start), Member("end", \.end))

  /// Its name.
  public let booking: BookingID
  /// The charging point.
  public let point: DeviceID
  /// The vehicle.
  public let vehicle: DeviceID
  /// From when.
  public let start: Instant
  /// Until when.
  public let end: Instant

  /// What the members say.
  public init(booking: BookingID, point: DeviceID, vehicle: DeviceID, start: Instant, end: Instant) {
    self.booking = booking
    self.point = point
    self.vehicle = vehicle
    self.start = start
    self.end = end
  }

  /// What tells rows apart.
  public var key: BookingID { booking }
}

/// `booking.cancelled`: a vehicle does not come.
public struct BookingCancelled: EventPayload {
  /// The event's type.
  public static let type = "booking.cancelled"
  /// The members.
  public static let members = Members(
    Self.init(booking:), Member("booking", \.booking))

  /// Its name.
  public let booking: BookingID

  /// What the members say.
  public init(booking: BookingID) {
    self.booking = booking
  }
}
