import Foundation
import Village

/// The messages that TwinERGY D7.1 defines in its Tables 19 to 26, with the members that each must have, and the
/// interactions that its text asks for and no table defines.
struct Catalogue: Decodable {
  struct Entry: Decodable, CustomStringConvertible {
    let id: String
    let direction: String
    let subject: String
    let also: [String]
    let canonical: String
    let required: [String]
    var description: String { id }
  }

  struct Gap: Decodable, CustomStringConvertible {
    let id: String
    let need: String
    let proposal: String
    var description: String { "\(id), \(need)" }
  }

  let messages: [Entry]
  let gaps: [Gap]

  static let all: Catalogue = {
    let url = ExampleDay.specs.appending(path: "catalogue.json")
    guard let data = try? Data(contentsOf: url), let all = try? JSONDecoder().decode(Catalogue.self, from: data) else {
      fatalError("the catalogue cannot be read")
    }
    return all
  }()
}

/// Whether `value`, of JSONSerialization, has the member of a path such as `curve[].start` or `result.<key>[].from`.
func hasMember(_ value: Any, _ path: String) -> Bool {
  var tokens: [Substring] = []
  for part in path.split(separator: ".") {
    if part.hasSuffix("[]") {
      if part.count > 2 { tokens.append(part.dropLast(2)) }
      tokens.append("[]")
    } else {
      tokens.append(part)
    }
  }
  return hasMember(value, tokens[...])
}

private func hasMember(_ value: Any, _ path: ArraySlice<Substring>) -> Bool {
  guard let first = path.first else { return true }
  let rest = path.dropFirst()
  if first == "[]" {
    guard let array = value as? [Any], !array.isEmpty else { return false }
    return array.allSatisfy { hasMember($0, rest) }
  }
  guard let object = value as? [String: Any] else { return false }
  if first == "<key>" { return !object.isEmpty && object.values.allSatisfy { hasMember($0, rest) } }
  return object[String(first)].map { hasMember($0, rest) } ?? false
}
