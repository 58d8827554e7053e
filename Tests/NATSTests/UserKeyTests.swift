import Cryptography
import Testing

@testable import NATS

@Suite("A user's NKEY")
struct UserKeyTests {
  // Made by Python's nkeys from the bytes 0 to 31.
  static let seed = "SUAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4H776Y"
  static let name = "UAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3RLKK"

  @Test func `is written as other programs write it`() throws {
    let key = try UserKey(SecretKey(seed: Array(0..<32)))
    let read = try UserKey(seed: Self.seed)
    #expect(key.publicText == Self.name)
    #expect(key.seedText == Self.seed)
    #expect(read.publicText == Self.name)
  }

  @Test func `is refused with any character changed`() {
    for position in Self.seed.indices {
      var text = Self.seed
      let other: Character = text[position] == "A" ? "B" : "A"
      text.replaceSubrange(position...position, with: [other])
      #expect(throws: NATSError.self, "at \(position)") { try UserKey(seed: text) }
    }
  }

  @Test(arguments: [
    "", "SU", "su", String(repeating: "A", count: 58), "SAAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4HYMHI",
  ])
  func `is refused where it is no user's seed`(_ text: String) {
    #expect(throws: NATSError.self) { try UserKey(seed: text) }
  }

  @Test func `keeps its base32 through a round trip`() {
    for count in 0..<40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      #expect(Base32.decode(Base32.encode(bytes)) == bytes)
    }
  }

  @Test func `is not shown by a secret`() {
    #expect("\(Secret("hunter2"))" == "(secret)")
    var dump = ""
    Swift.dump(Credential.user("anna", Secret("hunter2")), to: &dump)
    #expect(!dump.contains("hunter2"))
  }
}
