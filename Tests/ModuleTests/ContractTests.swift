import Community
import Foundation
import Testing
import Village

@Suite("The contracts of events and messages")
struct ContractTests {
  @Test func `stand in Specs as the declarations have them`() throws {
    let files = ContractFiles.all
    if ProcessInfo.processInfo.environment["TWINERGY_WRITE_SPECS"] != nil {
      for file in files {
        let url = ExampleDay.specs.appending(path: file.path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.bytes).write(to: url)
      }
    }
    for file in files {
      let stored = try? Data(contentsOf: ExampleDay.specs.appending(path: file.path))
      #expect(stored == Data(file.bytes), "\(file.path) is stale: twinergy schema Specs")
    }
  }

  @Test func `are all that stand there`() throws {
    let paths = Set(ContractFiles.all.map(\.path))
    for folder in ["schemas/events", "schemas/messages"] {
      let stored = try FileManager.default.contentsOfDirectory(
        atPath: ExampleDay.specs.appending(path: folder).path)
      #expect(stored.filter { !paths.contains("\(folder)/\($0)") } == [])
    }
  }
}
