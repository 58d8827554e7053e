import Encoding
import HTTPTypes
import Hummingbird

/// What a request is answered with.
struct Answer: Sendable {
  enum Content: String {
    case json = "application/json"
    case text = "text/plain; charset=utf-8"
    case html = "text/html; charset=utf-8"
    case bytes = "application/octet-stream"
    /// Prometheus's text format.
    case metrics = "text/plain; version=0.0.4; charset=utf-8"
  }

  /// How long a cache may keep the answer.
  enum Cache: String {
    /// It never changes: a tile of a log that only grows.
    case forever = "public, max-age=31536000, immutable"
    /// It changes with every block.
    case briefly = "public, max-age=1"
    case never = "no-store"
  }

  var status = 200
  var content: Content
  var cache = Cache.never
  var headers: [(name: HTTPField.Name, value: String)] = []
  var body: [UInt8]

  init(_ content: Content, _ cache: Cache, _ body: [UInt8]) {
    (self.content, self.cache, self.body) = (content, cache, body)
  }

  /// JSON whose members `body` writes.
  static func json(_ body: (inout JSONWriter) -> Void) -> Answer {
    Answer(.json, .never, JSONWriter.bytes { $0.object(body) } + [0x0A])
  }

  /// `{"code","sentence"}`.
  init(_ fault: WebFault) {
    self = .json { error in
      error.field("code", fault.code)
      error.field("sentence", fault.sentence)
    }
    status = fault.status
    if status == 503 { headers = [(.retryAfter, "1")] }
  }

  var response: Response {
    var fields: HTTPFields = [
      .contentType: content.rawValue, .cacheControl: cache.rawValue, .xContentTypeOptions: "nosniff",
    ]
    for (name, value) in headers { fields[name] = value }
    return Response(
      status: .init(code: status), headers: fields, body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }
}
