import Encoding
import Kernel
import Quantities

/// M7, TwinEV: electric vehicles, charging points, bookings, sessions, and what the DSO restricts.
///
/// What has passed by block time drops out: bookings and restrictions when the next is made, sessions when they end.
public struct TwinEV: Module, MemberObject {
  /// M7.
  public static let id = ModuleID.vehicles

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<TwinEV>.Type] = [
    VehicleRegistered.self, VehicleRemoved.self, PointRegistered.self, PointRemoved.self, BookingMade.self,
    BookingCancelled.self, CurvesEstimated.self, SessionStarted.self, SessionPlanned.self, SessionEnded.self,
    RestrictionSet.self,
  ]

  /// The most bookings ahead of one charging point.
  public static let maximumBookings = 64
  /// The longest booking: a day.
  public static let maximumBooking = 86_400_000
  /// The most restrictions that are in force or ahead.
  public static let maximumRestrictions = 64

  /// The members.
  public static let members = Members(
    Self.init(vehicles:points:bookings:sessions:restrictions:), Member("vehicles", \.vehicles),
    Member("points", \.points), Member("bookings", \.bookings), Member("sessions", \.sessions),
    Member("restrictions", \.restrictions))

  var vehicles: Table<VehicleRegistered>
  var points: Table<PointRegistered>
  var bookings: Table<BookingMade>
  /// Those that run.
  var sessions: Table<SessionStarted>
  var restrictions: Table<RestrictionSet>

  /// Before anything has happened.
  public init() {
    self.init(vehicles: Table(), points: Table(), bookings: Table(), sessions: Table(), restrictions: Table())
  }

  private init(
    vehicles: Table<VehicleRegistered>, points: Table<PointRegistered>, bookings: Table<BookingMade>,
    sessions: Table<SessionStarted>, restrictions: Table<RestrictionSet>
  ) {
    (self.vehicles, self.points, self.bookings) = (vehicles, points, bookings)
    (self.sessions, self.restrictions) = (sessions, restrictions)
  }

  /// The vehicle called `id`.
  public func vehicle(_ id: DeviceID) -> VehicleRegistered? { vehicles[id] }

  /// The charging point called `id`.
  public func point(_ id: DeviceID) -> PointRegistered? { points[id] }

  /// The running session called `id`.
  public func session(_ id: SessionID) -> SessionStarted? { sessions[id] }

  /// The bookings of `point`, by time.
  public func bookings(of point: DeviceID) -> [BookingMade] {
    bookings.unordered.filter { $0.point == point }.sorted { $0.start < $1.start }
  }
}
