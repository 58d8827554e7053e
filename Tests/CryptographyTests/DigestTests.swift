import Cryptography
import Testing

@Suite("A digest")
struct DigestTests {
  static let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

  @Test func `keeps its bytes in all its forms`() throws {
    let digest = try #require(Digest(hex: Self.hex))
    #expect(digest.bytes == Array(0..<32))
    #expect(digest.hex == Self.hex)
    #expect(digest.description == Self.hex)
    #expect(digest.base64 == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    #expect(Digest(Array(0..<32)) == digest)
    #expect(Digest((0...32).map(UInt8.init)[1...]) != digest)
  }

  @Test func `differs in every byte`() throws {
    let digest = try #require(Digest(hex: Self.hex))
    for index in 0..<32 {
      var bytes = digest.bytes
      bytes[index] ^= 0x80
      #expect(Digest(bytes) != digest)
    }
  }

  @Test(arguments: [0, 1, 31, 33, 64])
  func `has 32 bytes`(_ count: Int) {
    #expect(Digest([UInt8](repeating: 0, count: count)) == nil)
  }

  @Test(arguments: ["", String(hex.dropLast()), hex + "0", hex.uppercased(), String(repeating: "g", count: 64)])
  func `has 64 lower-case digits`(_ text: String) {
    #expect(Digest(hex: text) == nil)
  }
}
