import NodeSettings
import Testing

@Suite("A setting")
struct SettingsTests {
  private static func settings(flag: String?, variable: String?, member: String?) throws -> Settings {
    try Settings(
      flags: flag.map { [.http: $0] } ?? [:], environment: variable.map { ["TWINERGY_HTTP": $0] } ?? [:],
      file: member.map { (Array("{\"http\":\"\($0)\"}".utf8), "node.json") })
  }

  @Test(arguments: [nil, "flag"], [nil, "", "variable"])
  func `comes from the flag, else the environment, else the file`(_ flag: String?, _ variable: String?) throws {
    for member in [nil, "member"] {
      let value = try Self.settings(flag: flag, variable: variable, member: member)[.http]
      let variable = variable?.isEmpty == true ? nil : variable
      #expect(value?.text == flag ?? variable ?? member)
      #expect(
        value?.origin == (flag != nil ? "--http" : variable != nil ? "TWINERGY_HTTP" : member.map { _ in "node.json" }))
    }
  }

  @Test(arguments: ["", "{", "[]", "null", #"{"htpp":"x"}"#, #"{"http":1}"#, #"{"http":"a","http":"b"}"#])
  func `is refused in a file that is not what it should be`(_ text: String) {
    #expect(throws: SettingError.self) {
      try Settings(flags: [:], environment: [:], file: (Array(text.utf8), "node.json"))
    }
  }

  @Test func `may be in each of the three places`() throws {
    for setting in Setting.allCases {
      let file = Array("{\"\(setting.rawValue)\":\"x\"}".utf8)
      #expect(try Settings(flags: [:], environment: [:], file: (file, "f"))[setting]?.text == "x")
      #expect(try Settings(flags: [:], environment: [setting.variable: "y"], file: nil)[setting]?.text == "y")
      #expect(try Settings(flags: [setting: "z"], environment: [:], file: nil)[setting]?.text == "z")
    }
  }
}

@Suite("The value of a setting")
struct SettingValueTests {
  private static func settings(_ setting: Setting, _ text: String?) throws -> Settings {
    try Settings(flags: text.map { [setting: $0] } ?? [:], environment: [:], file: nil)
  }

  @Test(
    arguments: [
      (nil, []), ("", []), (" , ,", []), ("a", ["a"]), (" a b ,c,, d", ["a b", "c", "d"]),
    ] as [(String?, [String])])
  func `may be a list`(_ text: String?, _ parts: [String]) throws {
    #expect(try Self.settings(.peers, text).list(.peers) == parts)
  }

  @Test(arguments: [(nil, false), ("false", false), ("true", true)] as [(String?, Bool)])
  func `may be true or false`(_ text: String?, _ value: Bool) throws {
    #expect(try Self.settings(.restored, text).isTrue(.restored) == value)
  }

  @Test(arguments: ["", "True", "1", "true "])
  func `is true or false and nothing else`(_ text: String) throws {
    #expect(throws: SettingError.self) { try Self.settings(.restored, text).isTrue(.restored) }
  }

  @Test(arguments: [(nil, nil), ("1", 1), ("60", 60)] as [(String?, Int?)])
  func `may be a number`(_ text: String?, _ value: Int?) throws {
    #expect(try Self.settings(.natsHeartbeat, text).integer(.natsHeartbeat, 1...60, of: "seconds") == value)
  }

  @Test(arguments: ["", "0", "61", "+1", "01", "1.0", "ten"])
  func `is a number within its range and nothing else`(_ text: String) throws {
    #expect(throws: SettingError.self) {
      try Self.settings(.natsHeartbeat, text).integer(.natsHeartbeat, 1...60, of: "seconds")
    }
  }
}

@Suite("A listening address")
struct ListenAddressTests {
  @Test(arguments: [
    ("127.0.0.1:8080", "127.0.0.1", 8080, true), ("[::1]:0", "::1", 0, true), ("localhost:1", "localhost", 1, true),
    ("0.0.0.0:65535", "0.0.0.0", 65_535, false), ("[2001:db8::1]:80", "2001:db8::1", 80, false),
    ("node.example:443", "node.example", 443, false),
  ])
  func `is host and port`(_ text: String, _ host: String, _ port: Int, _ isLoopback: Bool) throws {
    let address = try ListenAddress(text)
    #expect(address.host == host && address.port == port && address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", ":", ":80", "80", "host", "host:", "host:x", "host:-1", "host:65536", "::1:80", "[::1]", "[]:1", "host:+80",
    "host:080", "[::1]x:80", "[host]:80", "a host:80", "host\n:80", "http://host:80",
  ])
  func `is nothing else`(_ text: String) {
    #expect(throws: SettingError.self) { try ListenAddress(text) }
  }
}
