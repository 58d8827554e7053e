import Foundation
import Log
import Storage
import Testing
import Village

@Suite("A command's exit status") struct ExitTests {
  /// A data directory of the village, and what the commands need to write to it.
  private func village(_ scratch: Scratch, participants: Int = 9) throws -> VillageLog {
    let log = try VillageLog(participants: participants)
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    for block in log.blocks { try store.commit(block) }
    try scratch.write(log.genesis.bytes, "genesis.json")
    return log
  }

  @Test func `is 0 for what is good`() async throws {
    let scratch = try Scratch()
    _ = try village(scratch)
    for arguments in [
      ["audit", "verify"], ["replay"], ["log", "stats"], ["log", "show"], ["messages"],
    ] {
      let done = try await Program(arguments + [scratch("data")])
      #expect(done.status == 0, "\(arguments): \(done.notes)")
    }
    #expect(try await Program("--help").status == 0)
    #expect(try await Program("--version").status == 0)
    #expect(try await Program("log", "export", scratch("data"), scratch("tiles")).status == 0)
    #expect(try await Program("audit", "verify", scratch("tiles")).verdict.hasPrefix("good: "))
  }

  @Test(arguments: [
    ["frobnicate"], ["audit", "verify"], ["replay", "--sideways"], ["audit", "prove", ".", "minus"], ["log", "show"],
    ["submit", "-"],
  ])
  func `is 2 for wrong usage`(arguments: [String]) async throws {
    #expect(try await Program(arguments).status == 2)
  }

  @Test func `is 2 for what the log cannot be asked`() async throws {
    let scratch = try Scratch()
    _ = try village(scratch)
    #expect(try await Program("replay", scratch("data"), "--module", "M10").status == 2)
    #expect(try await Program("log", "show", scratch("data"), "--from", "999").status == 2)
    #expect(try await Program("audit", "verify", scratch("data"), "--genesis", scratch("nowhere")).status == 2)
  }

  @Test(arguments: [
    ["audit", "verify"], ["replay"], ["log", "stats"], ["log", "show"], ["messages"], ["audit", "prove"],
  ])
  func `is 10 where no log is`(command: [String]) async throws {
    let scratch = try Scratch()
    let index = command == ["audit", "prove"] ? ["1"] : []
    for place in [scratch("nowhere"), scratch.path] {
      let done = try await Program(command + [place] + index)
      #expect(done.status == 10 && done.notes.contains("no_log"), "\(command) \(done.notes)")
    }
  }

  @Test func `is 1 for what does not verify`() async throws {
    let scratch = try Scratch()
    let log = try village(scratch)
    _ = try await Program("log", "export", scratch("data"), scratch("tiles"))
    let bundle = scratch.files.first { $0.hasPrefix("tiles/tile/entries/") }!
    var bytes = try scratch.read(bundle)
    bytes[bytes.count / 2] ^= 1
    try scratch.write(bytes, bundle)
    let verdict = try await Program("audit", "verify", scratch("tiles"))
    #expect(verdict.status == 1 && verdict.verdict.hasPrefix("bad: "))
    #expect(try await Program("replay", scratch("tiles"), "--check").status == 1)
    #expect(try await Program("audit", "prove", scratch("data"), String(log.leaves.count)).status == 1)
    #expect(try await Program("log", "new", scratch("data"), "--genesis", scratch("genesis.json")).status == 1)
    try scratch.write(Array("{}".utf8), "empty.json")
    let weak = try await Program("log", "new", scratch("other"), "--genesis", scratch("empty.json"))
    #expect(weak.status == 1 && weak.notes.contains("genesis_invalid"))
    #expect(!scratch.files.contains { $0.hasPrefix("other") })
  }

  @Test func `is 14 for a step back`() async throws {
    let scratch = try Scratch()
    let log = try village(scratch)
    let short = try LogStore.create(scratch("short"), genesis: log.genesis)
    try short.commit(log.blocks[0])
    #expect(try await Program("log", "export", scratch("data"), scratch("tiles")).status == 0)
    let back = try await Program("log", "export", scratch("short"), scratch("tiles"))
    #expect(back.status == 14 && back.notes.contains("checkpoint_conflict"))
  }

  @Test func `is 11 for a log that another writes, and 12 for a key that is not the right one`() async throws {
    let scratch = try Scratch()
    try scratch.write(Array("correct horse battery staple\n".utf8), "passphrase")
    try scratch.write(Array("another one that is long\n".utf8), "wrong")
    let (keys, secret) = (scratch("keys"), scratch("passphrase"))
    #expect(try await Program("key", "new", "vote", "cosign", "--keys", keys, "--passphrase-file", secret).status == 0)
    let genesis = try await Program("genesis", "new", "--origin", "a.example/b", "--validator", "v", "--keys", keys)
    #expect(genesis.status == 0)
    try scratch.write(Array(genesis.output.utf8), "genesis.json")
    #expect(try await Program("log", "new", scratch("data"), "--genesis", scratch("genesis.json")).status == 0)
    func submit(_ line: String, passphrase: String = "passphrase", name: String = "v") async throws -> Program {
      try await Program(
        "submit", "-", "--data", scratch("data"), "--validator", name, "--keys", keys, "--passphrase-file",
        scratch(passphrase), input: line)
    }
    #expect(try await submit("").status == 0)
    #expect(try await submit("nonsense\n").status == 1)
    #expect(try await submit("", passphrase: "wrong").status == 12)
    #expect(try await submit("", passphrase: "nowhere").status == 12)
    #expect(try await submit("", name: "w").status == 12)
    let stranger = try Village.line("operator", sequence: 1, ["{}"], chain: "a.example/b")
    let refused = try await submit(String(decoding: stranger.bytes, as: UTF8.self) + "\n")
    #expect(refused.status == 12 && refused.output.contains("key_unknown"))
    let held = try LogStore.open(scratch("data"))
    #expect(try await submit("").status == 11)
    withExtendedLifetime(held) {}
  }

  @Test func `is 1 and not 0 when the data could not be written`() async throws {
    let scratch = try Scratch()
    _ = try village(scratch)
    #expect(try await Program.run(["replay", scratch("data")], output: "/dev/full") == 1)
  }
}
