import Community
import Foundation
import Quantities
import Testing
import Village

/// A stream of numbers from one seed (SplitMix64).
private struct Numbers {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}

@Suite("A stream of events at random")
struct RandomTests {
  private static let seeds = Int(ProcessInfo.processInfo.environment["TWINERGY_SEEDS"] ?? "") ?? 12

  @Test(arguments: 0..<seeds) func `never stops the program and keeps double entry`(_ seed: Int) throws {
    let day = try ExampleDay()
    var numbers = Numbers(state: UInt64(seed))
    var village = try ExampleDay.village()
    var accepted = 0
    for round in 0..<400 {
      let step = day.steps[min(day.steps.count - 1, max(0, round / 4 + numbers.next(below: 9) - 4))]
      village.time = step.at
      let event = numbers.next(below: 3) == 0 ? Self.mutated(step.event, &numbers) : step.event
      do {
        try village.say(step.author, event)
        accepted += 1
      } catch is Refusal {
        continue
      }
    }
    #expect(village.community.isBalanced, "seed \(seed)")
    #expect(accepted > 20, "seed \(seed)")
    let read = try Community(snapshot: village.state.bytes, genesis: village.community.genesis)
    #expect(StateSnapshot(read).digest == village.digest, "seed \(seed)")
  }

  /// The event with one run of digits, one word or one byte changed.
  private static func mutated(_ event: String, _ numbers: inout Numbers) -> String {
    var bytes = Array(event.utf8)
    let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
    switch numbers.next(below: 4) {
    case 0 where !digits.isEmpty:
      bytes[digits[numbers.next(below: digits.count)]] = UInt8(0x30 + numbers.next(below: 10))
    case 1 where !digits.isEmpty:
      let extremes = ["0", "-1", "9007199254740991", "-9007199254740991", "281558111"]
      let at = digits[numbers.next(below: digits.count)]
      let end = bytes[at...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.endIndex
      let start = bytes[...at].lastIndex { !(0x30...0x39).contains($0) }.map { $0 + 1 } ?? 0
      bytes.replaceSubrange(start..<end, with: extremes[numbers.next(below: extremes.count)].utf8)
    case 2:
      let names = ["anna", "bert", "cp1", "bert.car", "hagedorn", "lem"]
      let text = String(decoding: bytes, as: UTF8.self)
      return text.replacingOccurrences(
        of: "\"\(names[numbers.next(below: names.count)])\"", with: "\"\(names[numbers.next(below: names.count)])\"")
    default: bytes[numbers.next(below: bytes.count)] = UInt8(0x20 + numbers.next(below: 95))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
