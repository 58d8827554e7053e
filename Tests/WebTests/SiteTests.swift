import Chance
import Foundation
import HTTPTypes
import Hummingbird
import Log
import Node
import Quantities
import Storage
import Testing
import Village

@testable import Web

@Suite("A node's site")
struct SiteTests {
  /// A site of a new log in a directory of its own.
  private struct Place: ~Copyable {
    let directory = NSTemporaryDirectory() + "site-\(UUID().uuidString)"
    let startup: Startup
    let site: Site

    init() throws {
      startup = Startup(store: try LogStore.create(directory, genesis: Village.genesis()))
      site = Site(startup: startup)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func open() throws -> Node {
      let keys = ValidatorKeys(name: "village", vote: try Village.key("validator"), cosign: try Village.key("cosigner"))
      let node = try Node(store: startup.store, keys: keys) { Instant(milliseconds: 1_781_740_800_000) }
      startup.open(node)
      return node
    }

    func ask(_ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = []) async -> Answer {
      let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
      return await site.answer(Request(head: head, body: .init(buffer: ByteBuffer(bytes: body))))
    }
  }

  private static func joined(_ number: Int) throws -> [UInt8] {
    try Village.line(
      "operator", sequence: number, [#"{"type":"participant.joined","participant":"p\#(number)"}"#]
    ).bytes
  }

  private static func text(_ answer: Answer) -> String { String(decoding: answer.body, as: UTF8.self) }

  @Test func `lives and gives its genesis before the node is open, and takes nothing`() async throws {
    let place = try Place()
    #expect(await place.ask(.get, "/livez").status == 200)
    #expect(await place.ask(.get, "/genesis.json").body == (try Village.genesis().bytes))
    let ready = await place.ask(.get, "/readyz")
    #expect(ready.status == 503 && Self.text(ready).contains(#""node":"opening""#))
    for (method, path, code) in [
      (HTTPRequest.Method.post, "/entries", "node_opening"), (.get, "/api/status", "node_opening"),
      (.get, "/checkpoint", "no_log"), (.get, "/tile/0/000.p/1", "not_found"),
    ] {
      #expect(Self.text(await place.ask(method, path)).contains("\"code\":\"\(code)\""), "\(path)")
    }
  }

  @Test func `answers an entry with 201 and a proof, and the same again with 200`() async throws {
    let place = try Place()
    let node = try place.open()
    let line = try Self.joined(1)
    for (status, end) in [(201, [UInt8]()), (200, [0x0A]), (200, [0x0D, 0x0A])] {
      let answer = await place.ask(.post, "/entries", line + end)
      #expect(answer.status == status)
      try LogProof(answer.body).verify(line, under: TrustPolicy(Village.genesis()))
    }
    #expect(await place.ask(.get, "/tile/entries/000.p/3").body.count > line.count)
    #expect(await place.ask(.get, "/tile/entries/000.p/4").status == 404)
    #expect(Self.text(await place.ask(.get, "/metrics")).contains("\ntwinergy_repeated_total 2\n"))
    await node.stop()
    #expect(await place.ask(.post, "/entries", try Self.joined(2)).status == 503)
  }

  @Test func `tells the digests of the parts of its state, by which validators find what differs`() async throws {
    let place = try Place()
    let node = try place.open()
    #expect(await place.ask(.get, "/api/state").status == 404)
    for number in 1...10 { _ = try await node.submit(Self.joined(number)) }
    let newest = await place.ask(.get, "/api/state")
    let state = Self.text(newest)
    #expect(newest.status == 200 && state.contains(#""name":"registry","digest":""#))
    let digests = try #require(try StateDigests(place.startup.store))
    #expect(await place.ask(.get, "/api/state/\(digests.height)").body == newest.body)
    #expect(await place.ask(.get, "/api/state/\(digests.height + 1)").status == 404)
    #expect(await place.ask(.get, "/api/state/x").status == 404)
    await node.stop()
  }

  /// Addresses that a careless or hostile hand makes of good ones; a failure prints which.
  @Test func `answers whatever address it is asked`() async throws {
    let place = try Place()
    let node = try place.open()
    for number in 1...3 { _ = try await node.submit(Self.joined(number)) }
    let good = [
      "/checkpoint", "/genesis.json", "/tile/0/000.p/4", "/tile/entries/000.p/4", "/tile/1/x001/000", "/metrics",
      "/api/status", "/api/state/1", "/api/lems", "/api/lems/l/accounts/anna", "/api/lems/l/days/2026-06-18",
      "/api/lems/l/accounts/anna/movements?from=2026-06-18T00:00:00.000Z&to=2026-06-19T00:00:00.000Z", "/entries",
    ]
    let pieces = [
      "/", "//", "..", "%", "%00", "%2F", "%FF", "?", "&", "=", "#", "x999/", "-1", "9223372036854775807", "0000-01-01",
      "9999-12-31", ".p/", "é", " ", "\u{0}", String(repeating: "0", count: 100),
    ]
    let hostile = [
      "", "*", "/tile/0/x009/x000/x000/x000/x000/x000/000", "/tile/entries/x009/x223/x372/x036/x854/x775/807.p/255",
      "/api/state/9223372036854775807", "/api/state/-9223372036854775808", "/api/lems/l/days/9999-12-31",
      "/api/lems/l/accounts/anna/movements?from=9999-12-31T23:59:59.999Z&to=0000-01-01T00:00:00.000Z",
    ]
    var mutations = SplitMix64(seed: 1)
    let mutated = (0..<500).map { _ in
      var path = Array(good.randomElement(using: &mutations)!)
      for _ in 0..<Int.random(in: 1...3, using: &mutations) {
        let start = Int.random(in: 0...path.count, using: &mutations)
        let end = min(path.count, start + Int.random(in: 0...4, using: &mutations))
        path.replaceSubrange(start..<end, with: pieces.randomElement(using: &mutations)!)
      }
      return String(path)
    }
    for path in hostile + mutated {
      let status = await place.ask(.get, path).status
      #expect((200..<500).contains(status), "\(path) is answered with \(status)")
    }
    await node.stop()
  }

  @Test func `takes no entries once the log does not verify, and goes on being read`() async throws {
    let place = try Place()
    let node = try place.open()
    #expect(await place.ask(.post, "/entries", try Self.joined(1)).status == 201)
    place.startup.verification(is: .running(done: 1, total: 3))
    #expect(await place.ask(.get, "/readyz").status == 200)
    place.startup.verification(is: .bad("root_differs: the entries do not hash to the root"))
    let refused = await place.ask(.post, "/entries", try Self.joined(2))
    #expect(refused.status == 503 && Self.text(refused).contains("log_damaged"))
    #expect(await place.ask(.get, "/readyz").status == 503)
    #expect(await place.ask(.get, "/checkpoint").status == 200)
    await node.stop()
  }

  @Test func `counts a histogram's buckets upwards`() {
    var text = PrometheusText()
    text.histogram("t", "Time.", [("0.001", 2), ("0.01", 0), ("1", 3)], count: 6, sum: "7.5")
    #expect(
      text.text == """
        # HELP t Time.
        # TYPE t histogram
        t_bucket{le="0.001"} 2
        t_bucket{le="0.01"} 2
        t_bucket{le="1"} 5
        t_bucket{le="+Inf"} 6
        t_sum 7.5
        t_count 6

        """)
  }
}
