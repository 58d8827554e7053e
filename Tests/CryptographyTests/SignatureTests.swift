import Cryptography
import Encoding
import Testing

@Suite("A signature")
struct SignatureTests {
  struct Vector: Sendable {
    var seed, key, message, signature: String
  }

  /// RFC 8032 §7.1: tests 1, 2, 3 and SHA(abc).
  static let vectors = [
    Vector(
      seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
      signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf"
        + "5f0595bbe24655141438e7a100b"),
    Vector(
      seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
      signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2"
        + "eaeb4302aeeb00d291612bb0c00"),
    Vector(
      seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
      signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c1"
        + "5e9716ed28dc027beceea1ec40a"),
    Vector(
      seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
      key: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
      message: "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d442"
        + "3643ce80e2a9ac94fa54ca49f",
      signature: "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca1"
        + "79c138ac17ad9bef1177331a704"),
  ]

  @Test(arguments: vectors)
  func `is RFC 8032's`(_ vector: Vector) throws {
    let key = try SecretKey(seed: Hex.decode(vector.seed)!)
    #expect(Hex.encode(key.publicKey.bytes) == vector.key)
    let message = Hex.decode(vector.message)!
    let signature = key.sign(message)
    #expect(Hex.encode(signature) == vector.signature)
    #expect(key.publicKey.isValid(signature[...], over: message[...]))
    #expect(key.seed == Hex.decode(vector.seed)!)
  }

  @Test func `makes RFC 8037's JWS`() throws {
    let key = try SecretKey(seed: Base64.url.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")!)
    let input = Array("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".utf8)
    #expect(
      Base64.url.encode(key.sign(input))
        == "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
  }

  @Test func `is spoilt by every bit of itself and of its message`() throws {
    let key = try SecretKey(seed: [UInt8](repeating: 7, count: 32))
    let message = Array("a kilowatt-hour".utf8)
    let signature = key.sign(message)
    for bit in 0..<(signature.count * 8) {
      var other = signature
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(!key.publicKey.isValid(other[...], over: message[...]), "bit \(bit)")
    }
    for bit in 0..<(message.count * 8) {
      var other = message
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(!key.publicKey.isValid(signature[...], over: other[...]), "bit \(bit)")
    }
  }

  @Test func `cannot be changed by adding the group's order to its scalar`() throws {
    let key = try SecretKey(seed: [UInt8](repeating: 9, count: 32))
    let signature = key.sign([1, 2, 3])
    // 2^252 + 27742317777372353535851937790883648493, little-endian.
    let order = Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")!
    var malleable = signature
    var carry = 0
    for index in 0..<32 {
      let sum = Int(malleable[32 + index]) + Int(order[index]) + carry
      malleable[32 + index] = UInt8(sum & 0xFF)
      carry = sum >> 8
    }
    #expect(carry == 0)
    #expect(!key.publicKey.isValid(malleable[...], over: [1, 2, 3]))
  }

  @Test(arguments: [0, 63, 65])
  func `has 64 bytes`(_ count: Int) throws {
    let key = try SecretKey(seed: [UInt8](repeating: 7, count: 32))
    #expect(!key.publicKey.isValid([UInt8](repeating: 0, count: count)[...], over: []))
  }

  @Test func `is valid as a slice of something longer`() throws {
    let key = try SecretKey(seed: [UInt8](repeating: 7, count: 32))
    let all = [9, 9] + key.sign([1, 2, 3]) + [9]
    #expect(key.publicKey.isValid(all[2..<66], over: [0, 1, 2, 3, 4][1..<4]))
  }

  @Test(arguments: [0, 31, 33])
  func `needs a seed of 32 bytes`(_ count: Int) {
    #expect(throws: CryptoError.self) { try SecretKey(seed: [UInt8](repeating: 1, count: count)) }
  }
}
