import ArgumentParser
import Audit
import Community
import Encoding
import Foundation
import Log
import Node
import Storage

/// Comparing two logs, or two states.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Name the first entry at which two logs differ, and what differs in the states behind it.",
    discussion: """
      A and B are each a data directory or an exported log, such a log at a point (SOURCE@N: the state at the end of the block \
      that holds entry N), or a file that replay --json has written. Two whole logs are compared by their entries first.
      """)

  /// The most differences of states that are listed.
  private static let maximumListed = 1000

  @Argument(help: "A log, a log at a point, or a state.")
  var a: String

  @Argument(help: "Another.")
  var b: String

  @Flag(help: "Write JSON lines.")
  var json = false

  func run() throws {
    let (left, right) = (try StatePoint(a), try StatePoint(b))
    guard case (.log(let one, nil), .log(let other, nil)) = (left, right) else {
      return try report(left.state(), right.state(), entry: nil)
    }
    let sizes = try [one, other].map { try $0.publishedCheckpoint().checkpoint.size }
    guard let index = try LogComparison.firstDifference(one, size: sizes[0], other, size: sizes[1]) else {
      return Verdict.good("both logs have the same \(sizes[0]) leaves", json: json)
    }
    for (name, source, size) in [("A", one, sizes[0]), ("B", other, sizes[1])] {
      try show(index, of: source, size: size, name)
    }
    let states = try [(one, sizes[0]), (other, sizes[1])].map { source, size in
      try StatePoint.log(source, at: min(index, size - 1)).state()
    }
    try report(states[0], states[1], entry: index)
  }

  /// What the log called `name` has at `index`.
  private func show(_ index: Int, of source: any LogSource, size: Int, _ name: String) throws {
    let leaf = index < size ? try source.leaves(index..<(index + 1))[0] : nil
    let line = leaf.flatMap { try? SignedLine($0) }
    if json {
      return Console.print { output in
        output.field("log", name)
        output.field("index", index)
        if let leaf { output.field("hash", MerkleHash.leaf(leaf)) }
        if let line, (try? JSONDocument(line.payload)) != nil { output.field("payload") { $0.raw(line.payload) } }
      }
    }
    let payload = line.map { String(decoding: $0.payload, as: UTF8.self) } ?? (leaf == nil ? "nothing" : "no line")
    Console.print("entry \(index) of \(name): \(payload)")
  }

  private func report(_ before: JSONValue, _ after: JSONValue, entry: Int?) throws {
    let differences = StateDifference.all(before, after)
    for difference in differences.prefix(Self.maximumListed) { show(difference) }
    if differences.count > Self.maximumListed {
      Console.note("\(differences.count - Self.maximumListed) more differences are not listed")
    }
    let states = differences.isEmpty ? "the states are the same" : "the states differ in \(differences.count) places"
    guard entry != nil || !differences.isEmpty else { return Verdict.good(states, json: json) }
    Verdict.bad((entry.map { "the logs differ from entry \($0) on; " } ?? "") + states, json: json)
    throw ExitCode(ExitStatus.failed.rawValue)
  }

  private func show(_ difference: StateDifference) {
    if json {
      return Console.print { output in
        output.field("path", difference.path)
        if let before = difference.before { output.field("a") { $0.raw(before.utf8) } }
        if let after = difference.after { output.field("b") { $0.raw(after.utf8) } }
      }
    }
    Console.print("\(difference.path): \(difference.before ?? "nothing") → \(difference.after ?? "nothing")")
  }
}

/// What the command line means by a state.
enum StatePoint {
  /// A log, at the end of the block that holds an entry, or at its own end.
  case log(any LogSource, at: Int?)
  /// A state that was written down.
  case written(JSONValue)

  /// Reads SOURCE, SOURCE@N or the name of a file.
  init(_ text: String) throws {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: text, isDirectory: &isDirectory)
    if exists, !isDirectory.boolValue {
      self = .written(try Self.read(text))
    } else if !exists, let mark = text.lastIndex(of: "@"), let index = Int(text[text.index(after: mark)...]) {
      self = .log(try OpenSource.open(String(text[..<mark])), at: index)
    } else {
      self = .log(try OpenSource.open(text), at: nil)
    }
  }

  private static func read(_ file: String) throws -> JSONValue {
    guard let state = try JSONDocument(Files.read(file)).root.members.first(where: { $0.name == "state" }) else {
      throw UsageError("\(file) is no state that replay --json has written")
    }
    return state.value
  }

  /// The canonical state.
  func state() throws -> JSONValue {
    switch self {
    case .written(let state): state
    case .log(let source, let index):
      try JSONDocument(StateSnapshot(Replay.ledger(of: source, at: index).community).bytes).root
    }
  }
}
