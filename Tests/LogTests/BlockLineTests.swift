import Cryptography
import Encoding
import Testing

@testable import Log

@Suite("A block line")
struct BlockLineTests {
  static func payload() throws -> String {
    String(decoding: try SignedLine(Vectors.bytes("block.jws")).payload, as: UTF8.self)
  }

  @Test(arguments: [
    ("\"height\":1", "\"height\":\"1\""), ("\"height\":1", "\"height\":1.5"), ("\"height\":1,", ""),
    ("\"height\":1", "\"height\":1,\"x\":1"), ("\"first\":1", "\"first\":null"), ("\"time\":1", "\"time\":-1"),
    ("\"previous\":\"", "\"previous\":\"0"), ("\"previous\":\"6", "\"previous\":\"F"),
    ("\"validators\":\"f", "\"validators\":\""),
    ("\"digest\":\"e6", "\"digest\":\"E6"), ("{\"height\":0", "{\"extra\":0,\"height\":0"),
    ("\"chain\":\"v", "\"chain\":\" v"),
    ("\"precommits\":[]", "\"precommits\":[1]"), (",\"precommits\":[]", ""), ("}", "}}"),
    ("\"height\":0", "\"height\":0,\"height\":0"),
  ])
  func `is refused for any other payload`(_ old: String, _ new: String) throws {
    let good = try Self.payload()
    #expect(good.contains(old))
    let key = try Vectors.key("vote")
    let payload = Array(good.replacing(old, with: new, maxReplacements: 1).utf8)
    expectRefusal(.block) { try BlockLine(SignedLine(.block, payload: payload, by: key)) }
  }
}
