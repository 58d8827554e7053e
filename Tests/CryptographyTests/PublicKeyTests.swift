import Cryptography
import Encoding
import Foundation
import Testing

@Suite("A public key")
struct PublicKeyTests {
  /// Every small-order point, every encoding that is not canonical, points of mixed order, points off the curve; made by
  /// Tools/make-key-vectors from RFC 8032's formulae.
  static let refused: [String] = {
    let url = Bundle.module.url(forResource: "Vectors/refused-keys", withExtension: "txt")!
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }()

  @Test func `is refused in all of the bad forms`() {
    #expect(Self.refused.count == 63)
  }

  @Test(arguments: refused)
  func `is never`(_ line: String) throws {
    let bytes = try #require(Hex.decode(line.prefix(64)))
    #expect(bytes.count == 32)
    #expect(throws: CryptoError.self) { try PublicKey(bytes) }
    #expect(throws: CryptoError.self) { try PublicKey(base64url: Base64.url.encode(bytes)) }
  }

  @Test(arguments: [0, 31, 33, 64])
  func `has 32 bytes`(_ count: Int) {
    #expect(throws: CryptoError.self) { try PublicKey([UInt8](repeating: 0x58, count: count)) }
  }

  @Test(arguments: ["", KeyIDTests.x + "=", KeyIDTests.x + "A", String(KeyIDTests.x.dropLast()) + "p"])
  func `is canonical base64url`(_ text: String) {
    #expect(throws: CryptoError.self) { try PublicKey(base64url: text) }
  }

  @Test func `tells what is wrong under a stable code`() {
    do {
      _ = try PublicKey([UInt8](repeating: 0, count: 32))
      Issue.record("the identity's neighbour was accepted")
    } catch {
      #expect(error.code == "public_key_invalid")
    }
  }

  @Test func `keeps its text`() throws {
    let key = try PublicKey(base64url: KeyIDTests.x)
    #expect(key.base64url == KeyIDTests.x)
    #expect(key == (try PublicKey(key.bytes)))
    #expect(Set([key, try PublicKey(key.bytes)]).count == 1)
  }
}
