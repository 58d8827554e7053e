import Audit
import Foundation
import Log
import Storage
import Testing
import Village

@Suite("A small exported log") struct FlipTests {
  /// Every byte where `TWINERGY_FLIPS` is `all`, else one in sixteen.
  private static let stride = ProcessInfo.processInfo.environment["TWINERGY_FLIPS"] == "all" ? 1 : 16

  @Test func `bears no flipped bit in any of its bytes`() throws {
    let (scratch, log) = (try Scratch(), try VillageLog(participants: 2))
    let store = try LogStore.create(scratch("data"), genesis: log.genesis)
    for block in log.blocks { try store.commit(block) }
    _ = try LogExport.write(store, to: scratch("tiles"))
    let files = scratch.files.filter { $0.hasPrefix("tiles/") }
    #expect(Auditor(try TileDirectory(scratch("tiles"))).verify().isGood)
    for file in files {
      let sound = try scratch.read(file)
      for position in Swift.stride(from: file.utf8.count % Self.stride, to: sound.count, by: Self.stride) {
        var damaged = sound
        damaged[position] ^= 1 << UInt8(position / Self.stride % 8)
        try scratch.write(damaged, file)
        let finding = Auditor(try TileDirectory(scratch("tiles"))).verify().findings.first
        guard let finding else {
          Issue.record("byte \(position) of \(file)")
          continue
        }
        #expect(finding.index != nil || finding.place != nil || finding.sentence.contains("tile/"), "\(finding)")
      }
      try scratch.write(sound, file)
    }
  }
}
