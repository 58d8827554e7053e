import Testing

@testable import NATS

@Suite("A subject")
struct SubjectTests {
  @Test(arguments: [
    ("M9.notif.error", ">", true), ("M9.notif.error", "M9.>", true), ("M9", "M9.>", false),
    ("M9.notif.error", "M9.*.error", true), ("M9.notif.error", "*.*", false), ("M9.notif", "M9.notif.*", false),
    ("M9.notif.error", "M9.notif.error", true), ("M9.notif.errors", "M9.notif.error", false),
    ("{M6}.{notif}.{anlomag}", "*.*.*", true), ("{M6}.{notif}.{anlomag}", "M6.>", false),
  ])
  func `matches with wildcards as NATS does`(_ subject: String, _ pattern: String, _ matches: Bool) {
    #expect(Subject.matches(subject, pattern) == matches)
  }

  @Test(arguments: [
    "", ".", "a..b", "a b", "a\tb", "a\r\nPUB b", ".a", "a.", String(repeating: "a", count: 256), "a.*", ">",
  ])
  func `is refused where it cannot be published on`(_ text: String) {
    #expect(throws: NATSError.self) { try Subject.requireLiteral(text) }
  }

  @Test(arguments: ["a", "M9.notif.error", "{M6}.{notif}.{anlomag}", "a*b", String(repeating: "a", count: 255)])
  func `is taken where NATS takes it`(_ text: String) throws { try Subject.requireLiteral(text) }

  @Test func `waits longer after each attempt, with jitter, up to a limit`() {
    for attempt in 0...40 {
      let most = min(Backoff.longest, 100 << min(max(attempt, 1), 10))
      #expect(Backoff.milliseconds(attempt) { $0.lowerBound } == most / 2)
      #expect(Backoff.milliseconds(attempt) { $0.upperBound } == most)
    }
    #expect(Backoff.milliseconds(40) { $0.upperBound } == Backoff.longest)
  }

  @Test(arguments: [("a:b", "c"), ("", "c"), ("a", "b\r\nc"), ("a b", "c"), ("a", "\u{7F}")])
  func `goes out with no header that breaks its line`(_ name: String, _ value: String) {
    #expect(throws: NATSError.self) { try Headers([(name, value)]).check() }
  }
}
