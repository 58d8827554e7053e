import Kernel
import Testing

@testable import Platform

@Suite("The gateway's admission")
struct AdmissionTests {
  private func refusal(_ admission: Admission, _ sender: Correspondent, _ time: Int) -> String? {
    do throws(Rejection) {
      try admission.begin(sender, at: time)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func `takes a burst, then what the rate allows, of each sender`() {
    let admission = Admission(.init(atOnce: 1000, rate: 10, burst: 5))
    for _ in 0..<5 { #expect(refusal(admission, .M1, 0) == nil) }
    #expect(refusal(admission, .M1, 0) == "rate_limited")
    #expect(refusal(admission, .M2, 0) == nil)
    #expect(refusal(admission, .M1, 99) == "rate_limited")
    #expect(refusal(admission, .M1, 100) == nil)
    #expect(refusal(admission, .M1, 100) == "rate_limited")
    for _ in 0..<5 { #expect(refusal(admission, .M1, 1_000_000) == nil) }
    #expect(refusal(admission, .M1, 1_000_000) == "rate_limited")
  }

  @Test func `holds so many at once and frees their places`() {
    let admission = Admission(.init(atOnce: 3, rate: 1000, burst: 1000))
    for _ in 0..<3 { #expect(refusal(admission, .M1, 0) == nil) }
    #expect(refusal(admission, .M2, 0) == "gateway_busy")
    admission.done()
    #expect(refusal(admission, .M2, 0) == nil)
    #expect(refusal(admission, .M2, 0) == "gateway_busy")
  }

  @Test func `tells everybody only so many errors a second`() {
    let admission = Admission(.init(notices: 2))
    #expect((0..<5).map { _ in admission.mayNotify(at: 0) } == [true, true, false, false, false])
    #expect(admission.mayNotify(at: 500))
    #expect(!admission.mayNotify(at: 500))
  }
}
