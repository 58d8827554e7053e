import Testing

@testable import Platform

@Suite("The message stream")
struct MessageStreamTests {
  @Test(arguments: [
    ("M9.notif.forecast.lem_price", true), ("M9.notify.error", true), ("M4.synchronization", true),
    ("M5.subject.notif.predictedRESEnergyProduction", true), ("M4.Timeseries.MonitorData", true),
    ("{M6}.{notif}.{anlomag}", true), ("M6.notif.anomaly", true), ("M7.request.M9", false), ("M9.response.M7", false),
  ])
  func `keeps notifications and no questions or answers`(_ subject: String, _ isKept: Bool) {
    #expect(MessageStream.keeps(subject) == isKept)
  }
}
