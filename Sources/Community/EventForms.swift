import Encoding
import Kernel

/// The older forms of events that this program reads, and the way from each to the newest.
public struct EventForms: Sendable {
  /// Those of this program: every event has its first form still.
  public static let current = EventForms([])

  private let upcasters: [String: Upcaster]

  /// The forms from which `upcasters` lead on.
  ///
  /// - Precondition: one way leads on from a form, and none leads back to it.
  public init(_ upcasters: [Upcaster]) {
    self.upcasters = Dictionary(uniqueKeysWithValues: upcasters.map { ($0.from, $0) })
    for upcaster in upcasters { requireEnd(behind: upcaster) }
  }

  private func requireEnd(behind first: Upcaster) {
    var (form, steps) = (first.to, 0)
    while let next = upcasters[form] {
      (form, steps) = (next.to, steps + 1)
      precondition(steps < upcasters.count, "the forms from \(first.from) on lead in a circle")
    }
  }

  /// `event` in its newest form, with the type of that.
  func newest(_ event: JSONValue) throws(JSONError) -> (type: String, event: JSONValue) {
    var (type, event) = (try Self.type(of: event), event)
    while let upcaster = upcasters[type] { (type, event) = (upcaster.to, try upcaster.apply(event)) }
    return (type, event)
  }

  private static func type(of event: JSONValue) throws(JSONError) -> String {
    var fields = try event.fields()
    return try fields.string("type")
  }
}
