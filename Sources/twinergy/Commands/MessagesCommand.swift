import ArgumentParser
import Encoding
import Node
import Storage

/// The messages that a log makes.
struct MessagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages", abstract: "Print the messages that a log makes, a JSON line each, without any broker.")

  @Argument(help: Place.help)
  var source: String

  @Option(help: "The first entry's index.")
  var from = 1

  @Option(help: "Only subjects that match, with NATS's wildcards * and >.")
  var subject = ">"

  func run() throws {
    let pattern = SubjectPattern(subject)
    try MessageProjection.visit(OpenSource.open(source), from: from) { outgoing in
      guard pattern.matches(outgoing.message.subject) else { return }
      Console.print { output in
        output.field("subject", outgoing.message.subject)
        output.field("headers") { field in
          field.object { headers in
            for (name, value) in outgoing.headers { headers.field(name, value) }
          }
        }
        output.field("payload") { $0.raw(outgoing.message.payload) }
      }
    }
  }
}

/// A subject with wildcards: `*` stands for one token, `>` at the end for one or more.
struct SubjectPattern {
  private let tokens: [Substring]

  init(_ text: String) { tokens = text.split(separator: ".", omittingEmptySubsequences: false) }

  func matches(_ subject: String) -> Bool {
    let parts = subject.split(separator: ".", omittingEmptySubsequences: false)
    for (position, token) in tokens.enumerated() {
      if token == ">", position == tokens.count - 1 { return parts.count > position }
      guard position < parts.count, token == "*" || token == parts[position] else { return false }
    }
    return parts.count == tokens.count
  }
}
