import Encoding

/// Where two canonical states differ, by path.
///
/// Elements of an array are compared by what names them, their first member or their first two, such as the slot of a
/// slot and the account and asset of a balance; where those are not unique, by position.
public struct StateDifference: Sendable, Equatable {
  /// Where: `M9.lems[hagedorn].slots[1979712].price`.
  public let path: String
  /// What the first state has there, as JSON; nil where it has nothing.
  public let before: String?
  /// What the second state has there, as JSON; nil where it has nothing.
  public let after: String?

  /// All differences between two states, in the order of the first, then what only the second has.
  public static func all(_ before: JSONValue, _ after: JSONValue) -> [StateDifference] {
    var found: [StateDifference] = []
    compare(before, after, at: "", &found)
    return found
  }

  private static func compare(
    _ before: JSONValue?, _ after: JSONValue?, at path: String, _ found: inout [StateDifference]
  ) {
    if let before, let after {
      if let (old, new) = parts(before, after) { return compare(old, new, at: path, &found) }
      if before.compact == after.compact { return }
    }
    found.append(StateDifference(path: path, before: before.map(text), after: after.map(text)))
  }

  private static func compare(
    _ before: [Part], _ after: [Part], at path: String, _ found: inout [StateDifference]
  ) {
    let new = Dictionary(uniqueKeysWithValues: after.map { ($0.name, $0.value) })
    let old = Set(before.map(\.name))
    for part in before { compare(part.value, new[part.name], at: path + part.step(path), &found) }
    for part in after where !old.contains(part.name) { compare(nil, part.value, at: path + part.step(path), &found) }
  }

  private static func text(_ value: JSONValue) -> String { String(decoding: value.compact, as: UTF8.self) }
}

extension StateDifference {
  /// A member or an element, by its name.
  private struct Part {
    var name: String
    var isElement: Bool
    var value: JSONValue

    func step(_ path: String) -> String {
      isElement ? "[\(name)]" : path.isEmpty ? name : ".\(name)"
    }
  }

  /// What two objects or two arrays are made of; nil where they are compared whole.
  private static func parts(_ before: JSONValue, _ after: JSONValue) -> ([Part], [Part])? {
    if before.isObject, after.isObject {
      return (
        before.members.map { Part(name: $0.name, isElement: false, value: $0.value) },
        after.members.map { Part(name: $0.name, isElement: false, value: $0.value) }
      )
    }
    guard let old = before.listed, let new = after.listed else { return nil }
    for count in 1...2 {
      if let old = named(old, by: count), let new = named(new, by: count) { return (old, new) }
    }
    return (numbered(old), numbered(new))
  }

  /// `elements` named by their first `count` members; nil where that is not a name for each.
  private static func named(_ elements: [JSONValue], by count: Int) -> [Part]? {
    var parts: [Part] = []
    var names = Set<String>()
    for element in elements {
      let members = element.members.prefix(count)
      guard members.count == count, members.allSatisfy({ !$0.value.isObject && $0.value.listed == nil }) else {
        return nil
      }
      let name = members.map { (try? $0.value.string()) ?? text($0.value) }.joined(separator: " ")
      guard names.insert(name).inserted else { return nil }
      parts.append(Part(name: name, isElement: true, value: element))
    }
    return parts
  }

  private static func numbered(_ elements: [JSONValue]) -> [Part] {
    elements.enumerated().map { Part(name: String($0.offset), isElement: true, value: $0.element) }
  }
}
