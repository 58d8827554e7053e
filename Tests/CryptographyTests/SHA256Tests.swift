import Cryptography
import Encoding
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// FIPS 180-4's examples and NIST's long message of a million letters.
  static let vectors: [(String, String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test(arguments: vectors)
  func `gives the digests of the standard`(_ text: String, _ hex: String) {
    #expect(SHA256.hash(Array(text.utf8)).hex == hex)
  }

  @Test func `hashes a prefix and bytes as their concatenation`() {
    for count in 0..<200 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
      let whole = SHA256.hash([0x5A] + bytes)
      #expect(bytes.withUnsafeBytes { SHA256.hash(prefix: 0x5A, $0) } == whole)
    }
  }

  @Test func `hashes a prefix and two digests as their concatenation`() {
    let (left, right) = (SHA256.hash([1]), SHA256.hash([2]))
    #expect(SHA256.hash(prefix: 1, left, right) == SHA256.hash([1] + left.bytes + right.bytes))
    #expect(SHA256.hash(prefix: 1, left, right) != SHA256.hash(prefix: 1, right, left))
  }

  @Test func `hashes alike on many threads at once`() async {
    let expected = (0..<64).map { SHA256.hash([UInt8($0)]) }
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for round in 0..<200 {
            let byte = (task * 31 + round) % 64
            #expect(SHA256.hash([UInt8(byte)]) == expected[byte])
          }
        }
      }
    }
  }
}
