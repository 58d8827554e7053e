import Kernel
import Quantities

extension AnomalyDetected: ModuleEvent {
  /// Refuses a number that is not new, an unknown area or device, a period that is empty or has not begun.
  public func check(_ state: Risk, in context: Context) throws(Rejection) {
    try context.require(.module(.risk))
    try context.registry.requireArea(area)
    if let device { try context.registry.requireDevice(device) }
    guard anomaly > state.last else {
      throw Rejection(.conflict, "anomaly_exists", "anomaly \(anomaly) is not newer than \(state.last)")
    }
    guard from < to, from <= context.time else {
      throw Rejection(.invalid, "period_invalid", "\(from) to \(to) is empty, or has not begun at \(context.time)")
    }
  }

  /// The anomaly is kept, and the oldest forgotten where there are too many.
  public func apply(to state: inout Risk, in context: Context) {
    state.last = anomaly
    state.anomalies.put(self)
    guard state.anomalies.count > Risk.maximumAnomalies, let oldest = state.anomalies.unordered.map(\.anomaly).min()
    else { return }
    state.anomalies[oldest] = nil
    state.countermeasures[oldest] = nil
  }
}

extension CountermeasureSelected: ModuleEvent {
  /// Refuses an unknown anomaly, a period that has passed, and a cost below zero.
  public func check(_ state: Risk, in context: Context) throws(Rejection) {
    try context.require(.module(.risk))
    guard state.anomalies[anomaly] != nil else {
      throw Rejection(.unknown, "anomaly_unknown", "there is no anomaly \(anomaly)")
    }
    try context.requirePeriod(start, end)
    guard cost >= .zero else { throw Rejection(.invalid, "cost_invalid", "a countermeasure costs at least nothing") }
  }

  /// The newest countermeasure stands.
  public func apply(to state: inout Risk, in context: Context) { state.countermeasures.put(self) }
}
