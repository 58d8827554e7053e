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
  init(_ arguments: String..., input: String = "") async throws { try await self.init(arguments, input: input) }

  /// Runs `twinergy` with `arguments` and `input`, and waits for its end.
  init(_ arguments: [String], input: String = "") async throws {
    // Files, not pipes: a program that another test starts meanwhile would hold the ends of a pipe open.
    let scratch = try Scratch()
    try scratch.write(Array(input.utf8), "input")
    for name in ["output", "notes"] { try scratch.write([], name) }
    status = try await Self.run(
      arguments, input: scratch("input"), output: scratch("output"), notes: scratch("notes"))
    output = String(decoding: try scratch.read("output"), as: UTF8.self)
    notes = String(decoding: try scratch.read("notes"), as: UTF8.self)
  }

  /// Runs `twinergy` with these files as its standard streams; answers its exit status.
  static func run(
    _ arguments: [String], input: String = "/dev/null", output: String, notes: String = "/dev/null"
  ) async throws -> Int32 {
    // On a thread of its own: a test that waits must not take one from the tests that go on.
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            let process = Process()
            process.executableURL = binary
            process.arguments = arguments
            process.standardInput = FileHandle(forReadingAtPath: input)
            process.standardOutput = FileHandle(forWritingAtPath: output)
            process.standardError = FileHandle(forWritingAtPath: notes)
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
          })
      }
    }
  }

  private static let binary = Bundle.main.executableURL!.deletingLastPathComponent().appending(path: "twinergy")
}
