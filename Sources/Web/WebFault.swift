import Encoding
import Kernel
import Node
import Quantities
import Storage

/// A refusal with the HTTP status that it is answered with.
struct WebFault: Fault {
  /// The status.
  let status: Int
  let code: String
  let sentence: String

  init(_ status: Int, _ code: String, _ sentence: String) {
    (self.status, self.code, self.sentence) = (status, code, sentence)
  }

  init(_ error: NodeError) {
    let status =
      switch error {
      case .refused(let refusal): refusal.status.rawValue
      case .sequenceReused: 409
      case .busy, .halted, .undecided, .diverged, .peersUnread: 503
      case .storage(.noLog): 404
      case .storage, .replay, .notValidator: 500
      }
    self.init(status, error.code, error.sentence)
  }

  init(_ error: StorageError) { self.init(.storage(error)) }

  init(_ error: Rejection) { self.init(error.status.rawValue, error.code, error.sentence) }

  init(_ error: QuantityError) { self.init(400, error.code, error.sentence) }

  static func notFound(_ path: String) -> WebFault {
    WebFault(404, "not_found", "there is nothing at \(quoted(path))")
  }

  static let notOpen = WebFault(503, "node_opening", "the node is still opening its log; /readyz tells how far it is")
}
