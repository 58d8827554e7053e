import Cryptography
import Encoding
import Testing

@Suite("A key's text")
struct KeyTextTests {
  /// RFC 8410 §10.3 and §10.1.
  private static let secretPEM = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
    -----END PRIVATE KEY-----

    """
  private static let publicPEM = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
    -----END PUBLIC KEY-----

    """

  @Test func `is that of RFC 8410 in PEM`() throws {
    let key = try KeyText.secretKey(Array(Self.secretPEM.utf8))
    #expect(KeyText.pem(key) == Self.secretPEM)
    #expect(KeyText.pem(key.publicKey) == Self.publicPEM)
    #expect(try KeyText.publicKey(Array(Self.publicPEM.utf8)) == key.publicKey)
  }

  @Test func `is that of RFC 8037 as a JWK`() throws {
    // Appendix A.1 … A.3.
    let text = #"""
      {"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
      "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"sig"}
      """#
    let key = try KeyText.secretKey(Array(text.utf8))
    #expect(key.id.description == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    #expect(try KeyText.publicKey(KeyText.jwk(key.publicKey)) == key.publicKey)
    #expect(try KeyText.secretKey(KeyText.jwk(key)).seed == key.seed)
    let members = #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","#
    #expect(String(decoding: KeyText.jwk(key.publicKey), as: UTF8.self) == members + #""kid":"\#(key.id)"}"#)
  }

  @Test func `may have other line ends and spaces behind its lines`() throws {
    let text = Self.secretPEM.replacing("\n", with: " \r\n")
    #expect(
      try KeyText.secretKey(Array(text.utf8)).publicKey.base64url == "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE")
  }

  @Test(arguments: [
    "", "{", "{}", "key", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC4C\n-----END ENCRYPTED PRIVATE KEY-----\n",
    #"{"kty":"EC","crv":"P-256","x":"AA","d":"AA"}"#, #"{"kty":"OKP","crv":"Ed448","x":"AA","d":"AA"}"#,
    #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
    // Another key's public half, and a seed that is too short.
    #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"1O5y2_kTWErVttjx92n4rTr-fCjL8dT74JeojO9EdVg"}"#,
    #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9"}"#,
  ])
  func `of nothing else is a secret key`(_ text: String) {
    #expect(throws: CryptoError.self) { try KeyText.secretKey(Array(text.utf8)) }
  }

  @Test func `of another length or algorithm is refused, whatever byte differs`() throws {
    let der = Base64.standard.decode("MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC")!
    func pem(_ der: [UInt8]) -> [UInt8] {
      Array("-----BEGIN PRIVATE KEY-----\n\(Base64.standard.encode(der))\n-----END PRIVATE KEY-----\n".utf8)
    }
    for position in 0..<16 {
      var changed = der
      changed[position] ^= 1
      #expect(throws: CryptoError.self, "byte \(position)") { try KeyText.secretKey(pem(changed)) }
    }
    for count in 0..<der.count {
      #expect(throws: CryptoError.self, "\(count) bytes") { try KeyText.secretKey(pem(Array(der[..<count]))) }
    }
    #expect(throws: CryptoError.self) { try KeyText.secretKey(pem(der + [0])) }
  }
}
