import Audit
import Community
import Encoding
import FaultyDisk
import Foundation
import Log
import Node
import Quantities
import Storage
import Testing
import Village

/// Fails calls to the disk that a small life of a log makes, one after another, in three ways.
@Suite("A failing disk", .serialized)
struct FailingDiskTests {
  private static let entries = 9
  /// One call of so many fails; TWINERGY_FAULTS=1 asks for all.
  private static let stride =
    ProcessInfo.processInfo.environment["TWINERGY_FAULTS"].flatMap(Int.init).map { max($0, 1) } ?? 7

  /// What the authors of one life got.
  private struct Life {
    var receipts: [(line: [UInt8], index: Int)] = []
    var faults: [any Fault] = []
  }

  private static let lines: [[UInt8]] = {
    (1...entries).map { number in
      let event = #"{"type":"participant.joined","participant":"p\#(number)"}"#
      guard let line = try? Village.line("operator", sequence: number, [event]) else { preconditionFailure() }
      return line.bytes
    }
  }()

  private static func keys() throws -> ValidatorKeys {
    ValidatorKeys(name: "village", vote: try Village.key("validator"), cosign: try Village.key("cosigner"))
  }

  private static func node(_ store: LogStore) throws -> Node {
    try Node(store: store, keys: keys()) { Instant(milliseconds: 1_781_740_800_000) }
  }

  /// Makes a log, or opens the one that is there, and submits every line.
  private static func live(in directory: String) async -> Life {
    var life = Life()
    do {
      let store =
        LogStore.exists(directory)
        ? try LogStore.open(directory) : try LogStore.create(directory, genesis: Village.genesis())
      do {
        let node = try node(store)
        for line in lines { await submit(line, to: node, &life) }
        await node.stop()
      } catch {
        try? store.close()
        throw error
      }
    } catch let fault as any Fault {
      life.faults.append(fault)
    } catch {
      Issue.record("an error without a code: \(error)")
    }
    return life
  }

  private static func submit(_ line: [UInt8], to node: Node, _ life: inout Life) async {
    do {
      let receipt = try await node.submit(line)
      #expect(!life.faults.contains { $0.code == "node_halted" }, "a halted node gives a receipt")
      life.receipts.append((line, receipt.index))
    } catch {
      life.faults.append(error)
    }
  }

  @Test(arguments: [FAULTY_DISK_FAILS.rawValue, FAULTY_DISK_HAPPENS.rawValue, FAULTY_DISK_STAYS.rawValue])
  func `never loses a receipted entry nor makes a wrong state, whichever call fails`(
    _ number: UInt32
  ) async throws {
    let mode = faulty_disk_mode(rawValue: number)
    let root = NSTemporaryDirectory() + "faulty-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    var (call, seen) = (Int(number) % Self.stride + 1 - Self.stride, Set<String>())
    repeat {
      call += Self.stride
      let directory = "\(root)/\(call)"
      faulty_disk_arm(root, Int32(call), mode)
      let life = await Self.live(in: directory)
      let failed = String(cString: faulty_disk_failed())
      faulty_disk_arm("", 0, mode)
      seen.insert(failed)
      try await check(life, directory, "call \(call), a \(failed), mode \(number)")
    } while !seen.contains("") && call < 2000
    // Few calls open or sync a file: only all of them are sure to meet one.
    #expect(seen.isSuperset(of: Self.stride == 1 ? ["", "open", "write", "sync"] : ["", "write"]), "\(seen)")
    #expect(call > 60, "only \(call) calls were made to fail")
  }

  @Test func `has every receipted entry when the power is cut at once`() async throws {
    let root = NSTemporaryDirectory() + "power-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    let directory = root + "/log"
    try LogStore.create(directory, genesis: Village.genesis()).close()
    faulty_disk_arm(root, 0, FAULTY_DISK_KEEPS)
    defer { faulty_disk_arm("", 0, FAULTY_DISK_FAILS) }
    let node = try Self.node(.open(directory))
    var life = Life()
    for line in Self.lines {
      await Self.submit(line, to: node, &life)
      let left = "\(root)/left-\(life.receipts.count)"
      try cutPower(directory, leaving: left)
      try verify(left, life, "after \(life.receipts.count) receipts")
    }
    #expect(life.receipts.count == Self.entries && life.faults.isEmpty)
    await node.stop()
  }

  /// Copies what is left of the database in `directory` if the power is cut now: of each file what was synced last.
  private func cutPower(_ directory: String, leaving left: String) throws {
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
    for file in ["log.sqlite", "log.sqlite-wal"] {
      let synced = "\(directory)/\(file)-synced"
      if FileManager.default.fileExists(atPath: synced) {
        try FileManager.default.copyItem(atPath: synced, toPath: "\(left)/\(file)")
      } else if file == "log.sqlite" {
        // It was whole when it was made and nothing has been written to it since: that goes to the other file first.
        try FileManager.default.copyItem(atPath: "\(directory)/\(file)", toPath: "\(left)/\(file)")
      }
    }
  }

  private func check(_ life: Life, _ directory: String, _ what: Comment) async throws {
    for fault in life.faults {
      #expect(!fault.code.isEmpty && fault.sentence.utf8.count > 20, what)
    }
    guard LogStore.exists(directory) else {
      #expect(life.receipts.isEmpty && !life.faults.isEmpty, what)
      return
    }
    try verify(directory, life, what)
    let second = await Self.live(in: directory)
    #expect(second.faults.isEmpty && second.receipts.count == Self.entries, what)
    for (line, index) in life.receipts {
      #expect(second.receipts.first { $0.line == line }?.index == index, what)
    }
    try verify(directory, second, what)
  }

  private func verify(_ directory: String, _ life: Life, _ what: Comment) throws {
    let store = try LogStore.read(directory)
    defer { try? store.close() }
    for (line, index) in life.receipts { #expect(try store.leaves(index..<(index + 1)) == [line], what) }
    guard try store.checkpoint() != nil else {
      #expect(life.receipts.isEmpty, what)
      return
    }
    #expect(Auditor(store).verify().findings == [], what)
    let whole = try Replay.all(store)
    #expect(try StateSnapshot(Replay.newest(store).community).digest == StateSnapshot(whole.community).digest, what)
  }
}
