import Community
import Foundation
import Log
import Node
import Quantities
import Storage
import Testing
import Village

@Suite("The history of a meter")
struct DeviceHistoryTests {
  @Test func `has its readings of a period, with the entries that prove them`() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let genesis = try Village.genesis()
    let store = try LogStore.create(directory, genesis: genesis)
    var ledger = Ledger(genesis)
    let midnight = Village.midnight
    let reading = { (meter: String, slot: Int, energy: [Int]) in
      #"{"type":"reading.recorded","lem":"l","device":"\#(meter)","first":\#(slot),"imported":\#(energy),"exported":[0,0]}"#
    }
    let said: [(String, [String])] = [
      (
        "operator",
        [
          #"{"type":"participant.joined","participant":"anna"}"#, Say.meter("m1", [("anna", 1_000_000)]),
          Say.meter("m2", [("anna", 1_000_000)]),
          #"{"type":"lem.opened","lem":"l","currency":"EUR","zone":"UTC0","k":"1/2","margin":"pro-rata","lead":1}"#,
          Say.account("anna"),
        ]
      ),
      ("dso", [Say.tariff(midnight, [9, 9, 9, 9], [1, 1, 1, 1])]),
      ("gateway", [reading("m1", midnight, [10, 20]), reading("m2", midnight, [1, 2])]),
      ("gateway", [reading("m1", midnight + 2, [30, 40])]),
    ]
    let time = try Village.slot(midnight + 4).start
    var sequences: [String: Int] = [:]
    for (author, events) in said {
      sequences[author, default: 0] += 1
      let line = try Village.line(author, sequence: sequences[author]!, events)
      _ = try ledger.append(EntryFacts(line: line), leaf: MerkleHash.leaf(line.bytes), time: time)
    }
    let cosigner = try Village.key("cosigner")
    try store.commit(ledger.seal(at: time, vote: Village.key("validator"), cosigners: [("village", cosigner)]))

    let period = try Village.slot(midnight + 1).start..<Village.slot(midnight + 3).start
    let readings = try DeviceHistory.readings(of: DeviceID("m1"), in: LEMID("l"), store, during: period)
    #expect(readings.map(\.slot.number) == [midnight + 1, midnight + 2])
    #expect(readings.map(\.imported.wattHours) == [20, 30])
    #expect(readings.map(\.index) == [3, 4])
  }
}
