import Chance

@testable import Encoding

/// A document as a plain tree, to write and compare it.
indirect enum JSONTree: Equatable {
  case null
  case boolean(Bool)
  case integer(Int)
  case string([UInt8])
  case array([JSONTree])
  case object([Member])

  struct Member: Equatable {
    var name: [UInt8]
    var value: JSONTree
  }

  init(reading bytes: [UInt8]) throws(JSONError) {
    self = try Self.read(JSONDocument(bytes).root)
  }

  private static func read(_ value: JSONValue) throws(JSONError) -> JSONTree {
    switch value.tape.tokens[value.index].kind {
    case .null: .null
    case .true, .false: .boolean(try value.boolean())
    case .integer: .integer(try value.integer())
    case .string, .escapedString: .string(Array(try value.string().utf8))
    case .array: .array(try value.array(read))
    case .object: .object(try members(of: value))
    }
  }

  private static func members(of object: JSONValue) throws(JSONError) -> [Member] {
    var members: [Member] = []
    var index = object.index + 1
    for _ in 0..<object.count {
      let name = Array(try JSONValue(tape: object.tape, index: index).string().utf8)
      let value = JSONValue(tape: object.tape, index: index + 1)
      members.append(Member(name: name, value: try read(value)))
      index = Int(object.tape.tokens[index + 1].next)
    }
    return members
  }

  var bytes: [UInt8] { JSONWriter.bytes { write(to: &$0) } }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .boolean(let value): writer.boolean(value)
    case .integer(let value): writer.integer(value)
    case .string(let value): writer.string(String(decoding: value, as: UTF8.self))
    case .array(let elements): writer.array { writer in for element in elements { element.write(to: &writer) } }
    case .object(let members):
      writer.object { writer in
        for member in members {
          writer.field(String(decoding: member.name, as: UTF8.self)) { member.value.write(to: &$0) }
        }
      }
    }
  }
}

extension JSONTree {
  private static let names = ["a", "b", "id", "events", "ä", "", "\n", "😀", "a\"b", "\\"]
  private static let integers = [0, 1, -1, 96, 30_000, 1 << 53 - 1, 1 - 1 << 53]

  /// A random tree at most `depth` containers deep.
  static func random(depth: Int, using random: inout SplitMix64) -> JSONTree {
    switch Int.random(in: depth > 0 ? 0...6 : 2...6, using: &random) {
    case 0: .array((0..<Int.random(in: 0...4, using: &random)).map { _ in .random(depth: depth - 1, using: &random) })
    case 1:
      .object(
        names.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random)).map {
          Member(name: Array($0.utf8), value: .random(depth: depth - 1, using: &random))
        })
    case 2: .null
    case 3: .boolean(Bool.random(using: &random))
    case 4: .string(Array(names.randomElement(using: &random)!.utf8))
    default: .integer(integers.randomElement(using: &random)!)
    }
  }
}
