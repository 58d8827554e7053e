import Community
import Encoding
import Foundation
import Kernel
import Testing
import Village

@Suite("The example day")
struct ExampleTests {
  @Test func `says every type of event, each accepted`() throws {
    let day = try ExampleDay()
    let village = try day.play()
    #expect(village.community.isBalanced)
    let said = Set(day.steps.map(\.type))
    #expect(Set(Community.contracts.map(\.type)).subtracting(said) == [])
  }

  @Test func `tells the messages of the specification, byte for byte`() throws {
    var lines = ""
    _ = try ExampleDay().play { told in
      let writer = JSONWriter.bytes { writer in
        writer.object { line in
          line.field("event", told.type)
          line.field("subject", told.message.subject)
          line.field("payload") { $0.raw(told.message.payload) }
        }
      }
      lines += String(decoding: writer, as: UTF8.self) + "\n"
    }
    let url = ExampleDay.specs.appending(path: "examples/messages.jsonl")
    if ProcessInfo.processInfo.environment["TWINERGY_WRITE_SPECS"] != nil {
      try lines.write(to: url, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == lines)
  }

  @Test func `comes back whole from its snapshot after every event`() throws {
    let day = try ExampleDay()
    var village = try ExampleDay.village()
    for step in day.steps {
      village.time = step.at
      try village.say(step.author, step.event)
      let state = village.state
      let read = try Community(snapshot: state.bytes, genesis: village.community.genesis)
      #expect(StateSnapshot(read).parts == state.parts, "after line \(step.number + 1), \(step.type)")
    }
  }
}
