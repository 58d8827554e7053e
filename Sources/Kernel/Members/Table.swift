import Encoding
import HashTreeCollections

/// A row of a ``Table``.
public protocol TableRow: MemberObject {
  /// What tells rows apart.
  associatedtype Key: Hashable & Comparable & Sendable
  /// This row's.
  var key: Key { get }
}

/// Rows by their keys: growing state whose copy costs nothing. Its canonical form is the array of rows sorted by key.
public struct Table<Row: TableRow>: MemberValue {
  private var rows: TreeDictionary<Row.Key, Row> = [:]

  /// No rows.
  public init() {}

  /// How many rows there are.
  public var count: Int { rows.count }

  /// All rows in the order of their keys.
  public var sorted: [Row] { rows.values.sorted { $0.key < $1.key } }

  /// All rows in no order that means anything: for questions whose answer does not depend on it.
  public var unordered: TreeDictionary<Row.Key, Row>.Values { rows.values }

  /// The row of `key`.
  public subscript(key: Row.Key) -> Row? {
    get { rows[key] }
    _modify { yield &rows[key] }
  }

  /// Puts in `row`, in place of the one with its key.
  public mutating func put(_ row: Row) { rows[row.key] = row }

  /// Takes out the rows of which `isGone` holds.
  public mutating func removeAll(where isGone: (Row) -> Bool) {
    let keys = rows.filter { isGone($0.value) }.map(\.key)
    for key in keys { rows[key] = nil }
  }

  /// An array of rows.
  public static var schema: Schema { .array(Row.schema) }

  /// Reads rows; refuses two with one key.
  public static func read(_ value: JSONValue) throws(JSONError) -> Table {
    var table = Table()
    for row in try [Row].read(value) {
      guard table[row.key] == nil else { throw JSONError(.value, "two rows have the key \(row.key)") }
      table.put(row)
    }
    return table
  }

  /// Writes the sorted rows.
  public func write(to writer: inout JSONWriter) { sorted.write(to: &writer) }
}
