/// What a device is (SAREF and D7.1 section 5 name these).
public enum DeviceKind: String, Choice {
  /// Measures what a connection takes from and gives to the grid; what it reads is billed.
  case meter
  /// Photovoltaic system.
  case pv
  /// Wind turbine.
  case wind
  /// Stationary battery.
  case battery
  /// Heat pump.
  case heatPump = "heat-pump"
  /// Heating, ventilation, air conditioning.
  case hvac
  /// Electric vehicle.
  case vehicle
  /// Charging point for vehicles.
  case chargingPoint = "charging-point"
  /// Household appliance or smart plug.
  case appliance
  /// Thermostat.
  case thermostat
  /// Wearable unit of an occupant.
  case wearable
  /// Gateway.
  case gateway
}
