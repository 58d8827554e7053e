import Hummingbird
import HummingbirdCore
import Kernel
import Log
import Node
import Quantities

/// Which address is answered by what.
struct Site: Sendable {
  let startup: Startup
  private let histories = HistoryReader()

  init(startup: Startup) { self.startup = startup }

  /// The answer to `request`; a refusal is one too.
  func answer(_ request: Request) async -> Answer {
    do throws(WebFault) {
      switch request.method {
      case .get, .head: return try await read(request.uri)
      case .post where request.uri.path == Self.entries: return try await submit(request)
      default: return Self.notAllowed(request.uri.path)
      }
    } catch {
      return Answer(error)
    }
  }

  private static let entries = "/entries"

  private static func notAllowed(_ path: String) -> Answer {
    let allowed = path == entries ? "POST" : "GET, HEAD"
    var answer = Answer(WebFault(405, "method_not_allowed", "\(path) takes \(allowed)"))
    answer.headers = [(.allow, allowed)]
    return answer
  }

  private func submit(_ request: Request) async throws(WebFault) -> Answer {
    let pages = EntryPages(node: try startup.writer())
    var body: [UInt8] = []
    do {
      // The connection's guard ends a body that is too long or too slow.
      for try await part in request.body { body += part.readableBytesView }
    } catch {
      throw WebFault(400, "body_incomplete", "the request ended before its body did")
    }
    return try await pages.submit(body)
  }

  private func read(_ uri: URI) async throws(WebFault) -> Answer {
    let path = uri.path
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
    let pages = LogPages(store: startup.store)
    switch segments.first {
    case "checkpoint" where segments.count == 1: return try pages.checkpoint()
    case "genesis.json" where segments.count == 1: return try pages.genesis()
    case "tile":
      guard let tile = TilePath(String(path.dropFirst())) else { throw .notFound(path) }
      return try pages.tile(tile)
    case "livez" where segments.count == 1: return HealthPages(startup: startup).live()
    case "readyz" where segments.count == 1: return HealthPages(startup: startup).ready()
    case "metrics" where segments.count == 1: return MetricsPage(startup: startup).answer()
    case "api": return try await state(Array(segments.dropFirst()), uri)
    case "entries" where segments.count == 1: return Self.notAllowed(path)
    default: throw .notFound(path)
    }
  }

  private func state(_ segments: [String], _ uri: URI) async throws(WebFault) -> Answer {
    guard let node = startup.node else { throw .notOpen }
    let pages = StatePages(node: node)
    switch segments.count {
    case 1 where segments[0] == "status": return pages.status()
    case 1 where segments[0] == "state": return try pages.digests(after: nil)
    case 2 where segments[0] == "state":
      guard let height = Int(segments[1]) else { throw .notFound(uri.path) }
      return try pages.digests(after: height)
    case 1 where segments[0] == "lems": return await pages.lems()
    case 4 where segments[0] == "lems" && segments[2] == "accounts":
      let (lem, party) = try asWeb { () throws(QuantityError) in (try LEMID(segments[1]), try PartyID(segments[3])) }
      return try await pages.account(lem, party)
    case 4 where segments[0] == "lems" && segments[2] == "days":
      let (lem, date) = try asWeb { () throws(QuantityError) in (try LEMID(segments[1]), try CivilDate(segments[3])) }
      return try await pages.day(lem, date)
    case 5 where segments[0] == "lems" && segments[2] == "accounts" && segments[4] == "movements":
      let (lem, party) = try asWeb { () throws(QuantityError) in (try LEMID(segments[1]), try PartyID(segments[3])) }
      let query = HistoryQuery(lem: lem, account: "party:\(party)", period: try period(uri))
      return try await pages.movements(query, histories)
    default: throw .notFound(uri.path)
    }
  }

  /// The time from `from` to `to`, where the address has them; else all time.
  private func period(_ uri: URI) throws(WebFault) -> Range<Instant> {
    let (from, to) = (uri.queryParameters.get("from"), uri.queryParameters.get("to"))
    let (start, end) = try asWeb { () throws(QuantityError) in
      (
        from == nil ? Instant(milliseconds: 0) : try Instant(from!),
        to == nil ? Instant(milliseconds: .max) : try Instant(to!)
      )
    }
    guard start <= end else { throw WebFault(400, "parameter_invalid", "the period ends before it begins") }
    return start..<end
  }
}

private func asWeb<Value>(_ body: () throws(QuantityError) -> Value) throws(WebFault) -> Value {
  do {
    return try body()
  } catch {
    throw WebFault(error)
  }
}
