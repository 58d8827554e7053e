import Kernel
import Quantities
import Testing

@testable import Platform

@Suite("An error notice")
struct ErrorNoticeTests {
  private let rejection = Rejection(.unknown, "device_unknown", "Device does not exist: m1")

  @Test func `has the deliverable's text, our code, and the real status`() throws {
    let messages = ErrorNotice(rejection: rejection, keyID: "k", isCompatible: false)
      .messages(of: .M9, at: Instant(milliseconds: 0))
    #expect(messages.map(\.subject) == ["M9.notif.error", "M9.notify.error"])
    #expect(messages[0].payload == messages[1].payload)
    #expect(
      String(decoding: messages[0].payload, as: UTF8.self)
        == #"{"timestamp":"1970-01-01T00:00:00.000Z","code":404,"message":"Device does not exist","reason":"#
        + #""device_unknown","httpStatus":404,"detail":"Device does not exist: m1","keyId":"k"}"#)
  }

  @Test(arguments: [(Rejection.Status.unknown, 404), (.conflict, 409), (.invalid, 422), (.tooMany, 429), (.late, 504)])
  func `has 409 for everything where that is asked for`(_ status: Rejection.Status, _ code: Int) {
    let rejection = Rejection(status, "x", "y")
    #expect(ErrorNotice(rejection: rejection, keyID: nil, isCompatible: false).code == code)
    #expect(ErrorNotice(rejection: rejection, keyID: nil, isCompatible: true).code == 409)
  }

  @Test func `has all ten texts of Table 26`() { #expect(Set(ErrorNotice.texts.values).count == 10) }
}
