/// Reads an object strictly: none of its members is left over.
///
/// Members may stand in any order; reading them in the order in which they are usually written costs one step each.
/// ``finish()`` refuses members that nobody asked for, so that a misspelt or newer field is never silently ignored.
/// What is generic here is inlinable, so that whoever reads events gets code for its own types.
public struct JSONFields {
  private let tape: JSONTape
  private let first: Int
  private let count: Int
  private var cursor: Member
  /// A bit for each of the first 64 members that was read; the later ones by their positions.
  private var taken: UInt64 = 0
  private var takenLater: Set<Int> = []

  /// A member's place: how many come before it, and the token of its name.
  private struct Member {
    var position: Int
    var token: Int
  }

  init(tape: JSONTape, object: Int) {
    self.tape = tape
    first = object + 1
    count = tape.tokens[object].payload
    cursor = Member(position: 0, token: first)
  }

  /// The member called `name`, which must be there.
  public mutating func value(_ name: StaticString) throws(JSONError) -> JSONValue {
    guard let value = optional(name) else { throw JSONError(.missing, "the field \"\(name)\" is missing") }
    return value
  }

  /// The member called `name`, or nil where it is absent.
  public mutating func optional(_ name: StaticString) -> JSONValue? {
    take(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  /// The member called `name`, or nil where it is absent; for names that are not known when the program is written.
  public mutating func optional(named name: String) -> JSONValue? {
    var name = name
    return name.withUTF8 { take($0) }
  }

  private mutating func take(_ name: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    guard let member = find(name) else { return nil }
    if member.position < 64 { taken |= 1 << UInt64(member.position) } else { takenLater.insert(member.position) }
    cursor = next(member)
    return JSONValue(tape: tape, index: member.token + 1)
  }

  /// The string called `name`.
  public mutating func string(_ name: StaticString) throws(JSONError) -> String {
    let value = try value(name)
    do {
      return try value.string()
    } catch {
      throw error.inside(name)
    }
  }

  /// The integer called `name`.
  public mutating func integer(_ name: StaticString) throws(JSONError) -> Int {
    let value = try value(name)
    do {
      return try value.integer()
    } catch {
      throw error.inside(name)
    }
  }

  /// The array called `name`, each element read by `element`.
  @inlinable
  public mutating func array<Element>(
    _ name: StaticString, _ element: (JSONValue) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    try read(name) { (value) throws(JSONError) in try value.array(element) }
  }

  /// Reads the member called `name`; an error of `body` is told with the member's name.
  @inlinable
  public mutating func read<Value>(
    _ name: StaticString, _ body: (JSONValue) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    let value = try value(name)
    do {
      return try body(value)
    } catch {
      throw error.inside(name)
    }
  }

  /// Reads the member called `name` where it is present and not `null`.
  @inlinable
  public mutating func readIfPresent<Value>(
    _ name: StaticString, _ body: (JSONValue) throws(JSONError) -> Value
  ) throws(JSONError) -> Value? {
    guard let value = optional(name), !value.isNull else { return nil }
    do {
      return try body(value)
    } catch {
      throw error.inside(name)
    }
  }

  /// Refuses the object if it has a member that was not read.
  public func finish() throws(JSONError) {
    guard taken.nonzeroBitCount + takenLater.count < count else { return }
    var member = Member(position: 0, token: first)
    while isTaken(member) { member = next(member) }
    let name = tape.bytes.withUnsafeBufferPointer { JSONText.string(tape.tokens[member.token], in: $0) }
    throw JSONError(.unknown, "the field \(quoted(name)) is not known here")
  }

  private func isTaken(_ member: Member) -> Bool {
    member.position < 64 ? taken >> UInt64(member.position) & 1 == 1 : takenLater.contains(member.position)
  }

  private func next(_ member: Member) -> Member {
    Member(position: member.position + 1, token: Int(tape.tokens[member.token + 1].next))
  }

  private func find(_ name: UnsafeBufferPointer<UInt8>) -> Member? {
    if cursor.position < count, matches(cursor.token, name) { return cursor }
    var member = Member(position: 0, token: first)
    while member.position < count {
      if matches(member.token, name) { return member }
      member = next(member)
    }
    return nil
  }

  private func matches(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let token = tape.tokens[index]
    if token.kind == .escapedString {
      let text = tape.bytes.withUnsafeBufferPointer { JSONText.string(token, in: $0) }
      return text.utf8.elementsEqual(name)
    }
    guard Int(token.length) == name.count else { return false }
    return tape.bytes.withUnsafeBufferPointer { base in
      for offset in name.indices where base[token.payload + offset] != name[offset] {
        return false
      }
      return true
    }
  }
}
