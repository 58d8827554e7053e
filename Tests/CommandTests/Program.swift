import Foundation
import Village

/// The command line as it is run: the binary that was built beside these tests.
struct Program {
  let status: Int32
  let output: String
  let notes: String

  /// The last line of what was written.
  var verdict: String { output.split(separator: "\n").last.map(String.init) ?? "" }

  /// Runs `twinergy` with `arguments` and `input`, and waits for its end.
  init(_ arguments: String..., input: String = "") throws { try self.init(arguments, input: input) }

  /// Runs `twinergy` with `arguments` and `input`, and waits for its end.
  init(_ arguments: [String], input: String = "") throws {
    // Files, not pipes: a program that another test starts meanwhile would hold the ends of a pipe open.
    let scratch = try Scratch()
    try scratch.write(Array(input.utf8), "input")
    for name in ["output", "notes"] { try scratch.write([], name) }
    let process = Process()
    process.executableURL = Self.binary
    process.arguments = arguments
    process.standardInput = FileHandle(forReadingAtPath: scratch("input"))
    process.standardOutput = FileHandle(forWritingAtPath: scratch("output"))
    process.standardError = FileHandle(forWritingAtPath: scratch("notes"))
    try process.run()
    process.waitUntilExit()
    output = String(decoding: try scratch.read("output"), as: UTF8.self)
    notes = String(decoding: try scratch.read("notes"), as: UTF8.self)
    status = process.terminationStatus
  }

  static let binary = Bundle.main.executableURL!.deletingLastPathComponent().appending(path: "twinergy")
}
