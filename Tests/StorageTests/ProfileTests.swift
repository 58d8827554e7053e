import Encoding
import Storage
import Testing

@Suite("A profile")
struct ProfileTests {
  @Test func `has one form, whatever the order and the escapes it came in`() throws {
    let texts = [
      #"{"name":"Änne","mail":"a@b.example","preferences":{"b":"2","a":"1"}}"#,
      #" { "preferences" : {"a":"1","b":"2"}, "mail":"a@b.example", "name":"\u00c4nne", "address":null } "#,
    ]
    let profiles = try texts.map { try Profile(Array($0.utf8)) }
    #expect(profiles[0] == profiles[1])
    #expect(
      String(decoding: profiles[1].bytes, as: UTF8.self)
        == #"{"name":"Änne","mail":"a@b.example","preferences":{"a":"1","b":"2"}}"#)
    #expect(try Profile(profiles[0].bytes) == profiles[0])
  }

  @Test func `has a commitment that anybody with the salt can compute`() throws {
    let profile = try Profile(Array(#"{"name":"Änne","mail":"a@b.example","preferences":{"b":"2","a":"1"}}"#.utf8))
    let salt = (0..<32).map { UInt8($0) }
    // Python: sha256(b"twinergy profile v1\n" + bytes(range(32)) + the JSON of the test before as UTF-8).
    #expect(
      ProfileCommitment.digest(profile, salt: salt).hex
        == "0e6491012a17144a96d6b86730a3d3ee0c2c0db68010d022bbe07844cd15ec58")
  }
}
