import Cryptography
import Foundation
import Kernel
import Log
import Node
import Quantities
import Storage
import Transactive

/// A log in which each event is a message, and whose state stays as large as its households are many.
enum MessageLog {
  /// Writes assessments of comfort, `households` an entry, until they are `count`, into `directory`, which holds no log.
  static func write(_ count: Int, households: Int, authors: Int, in directory: String) async throws -> Node {
    let village = try Village(households: 0)
    let time = village.genesis.time
    let node = try Node(store: LogStore.create(directory, genesis: village.genesis), keys: village.validator) { time }
    let comfort = try (0..<authors).map { try Village.Author("m1-\($0)") }
    let grants = try comfort.map {
      try GovernanceEvent.granted(Grant(key: $0.key.publicKey, roles: [RoleID("m1")])).bytes
    }
    _ = try await node.submit(village.governance.entry(1, at: time, grants))
    let joining = try (0..<households).map { ParticipantJoined(participant: try PartyID("h\($0)")).bytes }
    _ = try await node.submit(village.operator.entry(1, at: time, joining))
    for round in 0..<max(1, count / (households * authors)) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for author in comfort {
          let events = (0..<households).map { assessment($0, round) }
          group.addTask { _ = try await node.submit(author.entry(round + 1, at: time, events)) }
        }
        try await group.waitForAll()
      }
    }
    return node
  }

  private static func assessment(_ household: Int, _ round: Int) -> [UInt8] {
    let value = (household * 37 + round * 101) % 2001 - 1000
    return Array(
      #"{"type":"comfort.assessed","party":"h\#(household)","value":\#(value),"minimum":-1000,"maximum":1000}"#.utf8)
  }
}
