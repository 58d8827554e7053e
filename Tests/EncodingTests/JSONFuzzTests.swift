import Chance
import Encoding
import Foundation
import Testing

@Suite("Mutated JSON")
struct JSONFuzzTests {
  private static let seeds: [String] = [
    #"{"chain":"twinergy.example/rome","id":"e-1","seq":7,"at":1781776800000,"events":[{"type":"x","wh":[1,-2,0]}]}"#,
    #"[null,true,false,0,-1,9007199254740991,"","\"\\\/\b\f\n\r\t\u0041\ud83d\ude00",{"a":{"b":[]}},[[[]]]]"#,
    #" { "é" : [ "€" , "😀" ] , "b" : { } } "#,
  ]
  private static let pieces: [[UInt8]] =
    [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "0", "-", "-0", ".", "e5", "true", "null",
      " ",
      "9007199254740992", "\"a\":1,", "\"a\":1", "\u{FFFD}", "\u{212A}",
    ].map { Array($0.utf8) } + [[0], [0x80], [0xC0], [0xED, 0xA0, 0x80], [0xF5], [0xFF], [0xEF, 0xBF, 0xBF]]

  private func mutate(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let at = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 0...6, using: &random))
      switch Int.random(in: 0...4, using: &random) {
      case 0: bytes.removeSubrange(at..<end)
      case 1: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random)!, at: at)
      case 2: bytes.replaceSubrange(at..<end, with: Self.pieces.randomElement(using: &random)!)
      case 3: bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &random))
      default: if at < bytes.count { bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &random) }
      }
    }
    return bytes
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `is refused, or written and read again the same`(seed: UInt64)
    throws
  {
    var random = SplitMix64(seed: seed)
    var accepted = 0
    for _ in 0..<3000 {
      let bytes = mutate(Array(Self.seeds.randomElement(using: &random)!.utf8), using: &random)
      guard let tree = try? JSONTree(reading: bytes) else { continue }
      accepted += 1
      let written = tree.bytes
      #expect(try JSONTree(reading: written) == tree, "seed \(seed): \(bytes)")
      #expect(try JSONTree(reading: written).bytes == written, "seed \(seed): \(bytes)")
      expectSame(tree, as: bytes, "seed \(seed)")
    }
    #expect(accepted > 300)
  }

  @Test(arguments: 5...6 as ClosedRange<UInt64>) func `starts from trees that are read as they were written`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<1000 {
      let tree = JSONTree.random(depth: 4, using: &random)
      #expect(try JSONTree(reading: tree.bytes) == tree, "seed \(seed): \(tree)")
      expectSame(tree, as: tree.bytes, "seed \(seed)")
    }
  }

  @Test func `is refused at every place where a text is cut`() throws {
    for seed in Self.seeds {
      let bytes = Array(seed.trimmingCharacters(in: .whitespaces).utf8)
      for end in bytes.indices {
        #expect(throws: JSONError.self) { try JSONDocument(Array(bytes[..<end])) }
      }
    }
  }

  /// Whatever is accepted here, Foundation's reader accepts and understands alike.
  private func expectSame(_ tree: JSONTree, as bytes: [UInt8], _ note: String) {
    guard let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) else {
      Issue.record("\(note): Foundation refuses \(bytes)")
      return
    }
    #expect(same(tree, theirs), "\(note): \(bytes)")
  }

  private func same(_ ours: JSONTree, _ theirs: Any) -> Bool {
    switch ours {
    case .null: theirs is NSNull
    case .boolean(let value): (theirs as? Bool) == value
    case .integer(let value): (theirs as? NSNumber)?.stringValue == String(value)
    case .string(let value): (theirs as? String).map { Array($0.utf8) } == value
    case .array(let elements):
      (theirs as? [Any]).map { $0.count == elements.count && zip(elements, $0).allSatisfy(same) } ?? false
    case .object(let members):
      (theirs as? [String: Any]).map { object in
        object.count == members.count
          && members.allSatisfy { member in
            object[String(decoding: member.name, as: UTF8.self)].map { same(member.value, $0) } ?? false
          }
      } ?? false
    }
  }
}
