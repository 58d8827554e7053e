import Foundation
import Testing

@testable import bench

/// Every row runs at a tiny size; that its results are right, the rows check themselves.
@Suite("A row of the bench")
struct RowTests {
  private func value(_ measures: [Figure], _ measure: String) throws -> Double {
    try #require(measures.first { $0.measure == measure }).value
  }

  @Test func `writes, verifies, replays and proves a log`() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let appended = try await Append.entries(300, in: directory, households: 6)
    #expect(try value(appended, "entries") > 0)
    #expect(try value(appended, "resident") > 0)
    for withSignatures in [true, false] {
      #expect(try value(Reading.verify(directory, withSignatures: withSignatures), "entries") > 0)
    }
    let replayed = try Reading.replay(directory)
    #expect(try value(replayed, "events") > 0)
    #expect(try value(replayed, "restart") > 0)
    #expect(try value(Reading.prove(directory), "median") > 0)
  }

  @Test func `writes a day's curves`() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let appended = try await Append.curves(40, in: directory, households: 6)
    #expect(try value(appended, "entries of 96 orders") > 0)
  }

  @Test func `has validators decide together what one decides alone`() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let measures = try await Validators.rows(24, in: directory, numbers: [1, 4], authors: 6)
    #expect(measures.map(\.measure).filter { $0 == "entries" }.count == 2)
    #expect(measures.allSatisfy { $0.value > 0 })
  }

  @Test func `tells a log to a broker`() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let told = try await Messages.rows(4096, in: directory, turns: 1)
    #expect(try value(told, "messages") > 0)
    #expect(try value(told, "libnats alone") > 0)
    #expect(try value(told, "resident") > 0)
  }

  @Test func `clears the book of ORDERS-v1 as its peers do`() throws {
    let measures = try MarketClearing.slot([100])
    #expect(try value(measures, "volume") == 54_479)
    #expect(try value(measures, "price") == 21_351)
    #expect(try value(MarketClearing.day(10), "median") > 0)
  }

  @Test func `runs the continuous book and coupled markets`() throws {
    #expect(try value(MarketContinuous.rows(2_000), "trades") > 0)
    #expect(try value(MarketCoupling.rows(markets: 6, ordersEach: 10), "welfare") > 0)
  }
}
