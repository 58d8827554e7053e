import Encoding
import Kernel
import Quantities
import Storage
import Synchronization
import Transactive

/// Reads histories from the log, one at a time, on a thread of its own: each reads the whole log.
public actor HistoryReader {
  /// The most movements of one answer.
  static let longest = 1000
  /// The most questions that wait.
  static let capacity = 16

  private let executor = BlockingExecutor("twinergy.histories")
  /// The thread.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
  private let waiting = Mutex(0)

  /// A reader that has nothing to do yet.
  public init() {}

  /// The movements that `query` asks for, as a JSON array.
  public nonisolated func read(_ query: HistoryQuery, _ store: LogStore) async throws(Rejection) -> [UInt8] {
    let isTaken = waiting.withLock { waiting in
      guard waiting < Self.capacity else { return false }
      waiting += 1
      return true
    }
    guard isTaken else {
      throw Rejection(.unavailable, "history_busy", "\(Self.capacity) histories are being read; ask again later")
    }
    defer { waiting.withLock { $0 -= 1 } }
    return try await readNow(query, store)
  }

  private func readNow(_ query: HistoryQuery, _ store: LogStore) throws(Rejection) -> [UInt8] {
    if let device = query.device { return try readings(of: device, query, store) }
    let account = try Self.account(query.account ?? "")
    let movements: [AccountMovement]
    do {
      movements = try AccountHistory.movements(of: account, in: query.lem, store, during: query.period).movements
    } catch {
      throw Rejection(.unavailable, error.code, error.sentence)
    }
    guard !movements.isEmpty else { throw Rejection(.unknown, "no_data", "No data available for date range") }
    guard movements.count <= Self.longest else {
      throw Rejection(
        .invalid, "history_too_long",
        "\(movements.count) movements; ask for a shorter time with at most \(Self.longest)")
    }
    return JSONWriter.bytes { writer in
      writer.array { array in
        for movement in movements { Self.write(movement, account, to: &array) }
      }
    }
  }

  /// What a device measured in the quarter-hours that begin in the query's period.
  private func readings(
    of device: DeviceID, _ query: HistoryQuery, _ store: LogStore
  ) throws(Rejection) -> [UInt8] {
    let readings: [DeviceHistory.Reading]
    do {
      readings = try DeviceHistory.readings(of: device, in: query.lem, store, during: query.period)
    } catch {
      throw Rejection(.unavailable, error.code, error.sentence)
    }
    guard !readings.isEmpty else { throw Rejection(.unknown, "no_data", "No data available for date range") }
    guard readings.count <= Self.longest else {
      throw Rejection(
        .invalid, "history_too_long", "\(readings.count) readings; ask for a shorter time with at most \(Self.longest)")
    }
    return JSONWriter.bytes { writer in
      writer.array { array in
        for reading in readings {
          array.object { fields in
            fields.field("index", reading.index)
            fields.field("start", reading.slot.start.description)
            fields.field("imported_wh", reading.imported)
            fields.field("exported_wh", reading.exported)
          }
        }
      }
    }
  }

  private static func account(_ name: String) throws(Rejection) -> Account {
    if name == "grid" { return .grid }
    guard name.hasPrefix("party:"), let party = try? PartyID(String(name.dropFirst(6))) else {
      throw Rejection(.unknown, "account_unknown", "there is no account \(quoted(name))")
    }
    return .party(party)
  }

  private static func write(_ item: AccountMovement, _ account: Account, to writer: inout JSONWriter) {
    let counterparty = item.movement.credit == account ? item.movement.debit : item.movement.credit
    writer.object { fields in
      fields.field("index", item.index)
      fields.field("time", item.time.description)
      fields.field("asset", item.movement.asset.rawValue)
      fields.field("change", Money(nanos: item.change(of: account)))
      fields.field("counterparty", counterparty.description)
      fields.field("reason", item.movement.reason.rawValue)
      if let slot = item.movement.slot { fields.field("slot", slot.start.description) }
    }
  }
}
