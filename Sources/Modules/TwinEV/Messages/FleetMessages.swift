import Kernel
import Quantities

extension VehicleRegistered {
  /// `new_eVehicle` of Table 24.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.new_eVehicle",
      [
        Field("user", \.event.party), Field("vehicle", \.event.vehicle), Field("storage", \.event.storage),
        Field("register", \.event.register),
      ])
  ]
}

extension VehicleRemoved {
  /// `remove_eVehicle` of Table 24.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.remove_eVehicle",
      [Field("user") { $0.state.vehicles[$0.event.vehicle]!.party }, Field("vehicle", \.event.vehicle)])
  ]
}

extension PointRegistered {
  /// `new_charging_point`; not on the subject of Table 24, which is that of charging curves.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.new_charging_point",
      [
        Field("CP", \.event.point), Field("CS", \.event.station), Field("storage", \.event.storage),
        Field("register", \.event.register),
      ])
  ]
}

extension PointRemoved {
  /// `remove_charging_point`; not on the subject of Table 24, which is that of the DSO's restrictions.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.remove_charging_point",
      [Field("CP", \.event.point), Field("CS") { $0.state.points[$0.event.point]!.station }])
  ]
}

extension RestrictionSet {
  /// `dso_restrictions` of Table 24, in kW; a negative minimum gives energy back.
  public static let messages = [
    MessageTemplate<Self>(
      "M7.notif.dso_restrictions", isTimed: false,
      [
        Field("start") { Timestamp($0.event.start) }, Field("end") { Timestamp($0.event.end) },
        Field("V2G", \.event.v2g), Field("max") { Decimal($0.event.maximum) },
        Field("min") { Decimal($0.event.minimum) }, Field("restriction", \.event.restriction),
      ])
  ]
}
