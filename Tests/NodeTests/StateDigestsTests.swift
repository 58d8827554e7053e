import Cryptography
import Testing

@testable import Node

@Suite("The digests of a state's parts") struct StateDigestsTests {
  private static func digests(_ parts: [(String, String)]) throws -> StateDigests {
    let list = parts.map { #"{"name":"\#($0.0)","digest":"\#(SHA256.hash(Array($0.1.utf8)).hex)"}"# }
    return try StateDigests(Array(#"{"height":7,"parts":[\#(list.joined(separator: ","))]}"#.utf8))
  }

  @Test func `name the modules in which two states differ`() throws {
    let mine = try Self.digests([("keys", "a"), ("registry", "b"), ("M9", "c")])
    #expect(mine.differing(from: mine) == [])
    #expect(mine.differing(from: try Self.digests([("keys", "a"), ("registry", "b"), ("M9", "d")])) == ["M9"])
    #expect(mine.differing(from: try Self.digests([("keys", "a"), ("registry", "x")])) == ["registry", "M9"])
    #expect(
      mine.differing(from: try Self.digests([("keys", "a"), ("registry", "b"), ("M9", "c"), ("M4", "e")])) == ["M4"])
  }

  @Test(arguments: ["", "{}", #"{"height":1}"#, #"{"height":1,"parts":[{"name":"M9","digest":"00"}]}"#])
  func `refuse what is none`(text: String) {
    #expect(throws: (any Error).self) { try StateDigests(Array(text.utf8)) }
  }
}
