import Cryptography
import Encoding
import Testing

@Suite("A key's name")
struct KeyIDTests {
  /// RFC 8037 appendix A.3.
  static let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
  static let name = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"

  @Test func `is the thumbprint of RFC 8037's example`() throws {
    #expect(try PublicKey(base64url: Self.x).id.description == Self.name)
  }

  @Test func `is read from its 43 characters`() throws {
    let id = try #require(KeyID(Self.name))
    #expect(id == (try PublicKey(base64url: Self.x).id))
    #expect(id.description.utf8.count == KeyID.textLength)
  }

  @Test func `has one text`() {
    let last = Self.name.last!
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    let others = alphabet.filter { $0 != last }.map { String(Self.name.dropLast()) + String($0) }
    // Of 64 last characters, the 16 whose two low bits are zero write a name; each writes another.
    let readable = others.compactMap { KeyID($0) }
    #expect(readable.count == 15)
    #expect(Set(readable).count == 15)
  }

  @Test(arguments: ["", "kPrK", name + "A", name + "=", String(name.dropLast()), "+" + name.dropFirst()])
  func `is nothing else`(_ text: String) {
    #expect(KeyID(text) == nil)
  }
}
