import Encoding

/// Rewrites an event of an older form as one of a newer form.
///
/// What was signed stays as it is; a module sees every event in its newest form. A form, once in a log, is read forever.
public struct Upcaster: Sendable {
  /// Reads the members of the older form; answers what writes those of the newer.
  public typealias Rewrite = @Sendable (inout JSONFields) throws(JSONError) -> (inout JSONWriter) -> Void

  /// The older type, such as `order.placed`.
  public let from: String
  /// The newer type, such as `order.placed/2`.
  public let to: String
  private let rewrite: Rewrite

  /// `rewrite` leads from the form `from` to the form `to`.
  public init(from: String, to: String, _ rewrite: @escaping Rewrite) {
    (self.from, self.to, self.rewrite) = (from, to, rewrite)
  }

  /// `event`, an object of type ``from``, as one of type ``to``.
  public func apply(_ event: JSONValue) throws(JSONError) -> JSONValue {
    var fields = try event.fields()
    _ = try fields.string("type")
    let write = try rewrite(&fields)
    try fields.finish()
    let bytes = JSONWriter.bytes { writer in
      writer.object { object in
        object.field("type", to)
        write(&object)
      }
    }
    return try JSONDocument(bytes).root
  }
}
