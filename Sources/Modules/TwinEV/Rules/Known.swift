import Kernel
import Quantities

extension TwinEV {
  func requireVehicle(_ id: DeviceID) throws(Rejection) -> VehicleRegistered {
    guard let vehicle = vehicles[id] else {
      throw Rejection(.unknown, "vehicle_unknown", "Vehicle does not exist: \(id)")
    }
    return vehicle
  }

  func requirePoint(_ id: DeviceID) throws(Rejection) -> PointRegistered {
    guard let point = points[id] else {
      throw Rejection(.unknown, "point_unknown", "Charging point does not exist: \(id)")
    }
    return point
  }

  func requireSession(_ id: SessionID) throws(Rejection) -> SessionStarted {
    guard let session = sessions[id] else {
      throw Rejection(.unknown, "session_unknown", "no session \(id) is running")
    }
    return session
  }

  /// The charging points of `station`, which must have one.
  func requireStation(_ station: StationID) throws(Rejection) -> [PointRegistered] {
    let found = points.sorted.filter { $0.station == station }
    guard !found.isEmpty else {
      throw Rejection(.unknown, "station_unknown", "Charging station does not exist: \(station)")
    }
    return found
  }

  /// Refuses a curve that `vehicle` cannot charge at a point of `power`, or that breaks a restriction of the DSO.
  func require(
    _ curve: ChargingCurve, from first: Slot, for vehicle: VehicleRegistered, power: Power, takesBack: Bool
  ) throws(Rejection) {
    let slots = try curve.slots(from: first)
    for (position, slot) in slots.enumerated() {
      let (imported, exported) = (curve.imported[position], curve.exported[position])
      // A slot is a quarter of an hour: four times its energy is its average power.
      guard max(imported, exported).wattHours * 4 <= min(power, vehicle.power).watts else {
        throw Rejection(
          .invalid, "curve_above_power",
          "\(max(imported, exported)) in slot \(slot) is above \(min(power, vehicle.power))")
      }
      guard exported == .zero || vehicle.v2g && takesBack else {
        throw Rejection(
          .invalid, "v2g_unsupported", "\(vehicle.vehicle) gives nothing back here, but does in slot \(slot)")
      }
      let net = Power(watts: (imported.wattHours - exported.wattHours) * 4)
      if let limit = restrictions.sorted.first(where: {
        $0.isInForce(in: slot) && !($0.minimum...$0.maximum).contains(net)
      }) {
        throw Rejection(
          .invalid, "curve_restricted",
          "\(net) in slot \(slot) is not within \(limit.minimum) to \(limit.maximum) of \(limit.restriction)")
      }
    }
  }
}

extension RestrictionSet {
  func isInForce(in slot: Slot) -> Bool { start < slot.end && slot.start < end }
}
