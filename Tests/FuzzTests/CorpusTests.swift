import Chance
import Encoding
import Foundation
import FuzzTargets
import Testing

/// What is stored runs again with every test, and so do mutations of it: no parser may stop the program.
@Suite("A parser of bytes from anywhere")
struct CorpusTests {
  /// Mutations of each stored input; TWINERGY_MUTATIONS asks for more.
  static let mutations = ProcessInfo.processInfo.environment["TWINERGY_MUTATIONS"].flatMap(Int.init) ?? 60

  static func corpus(_ target: FuzzTarget) -> [(name: String, bytes: [UInt8])] {
    let directory = Bundle.module.resourceURL!.appendingPathComponent("Corpus/\(target.rawValue)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.sorted().compactMap { name in
      (try? Data(contentsOf: directory.appendingPathComponent(name))).map { (name, [UInt8]($0)) }
    }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `answers all that is stored`(_ target: FuzzTarget) {
    let corpus = Self.corpus(target)
    #expect(!corpus.isEmpty)
    for input in corpus { target.run(input.bytes) }
    target.run([])
  }

  /// The seed of a run that stops the program is the target and the file that are printed before it.
  @Test(arguments: FuzzTarget.allCases)
  func `answers mutations of what is stored`(_ target: FuzzTarget) {
    for (number, input) in Self.corpus(target).enumerated() {
      var mutator = Mutator(seed: UInt64(number))
      for _ in 0..<Self.mutations { target.run(mutator.mutate(input.bytes)) }
    }
  }
}

/// Changes bytes as a careless or hostile hand would.
struct Mutator {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private static let pieces: [[UInt8]] = [
    "\"", "\\", "{", "}", "[", "]", ",", ":", "-", "0", "9007199254740992", "-1", "1e9", "\n", ".", "=", "\u{0}", "é",
    "\\ud800",
    "\u{212A}", "null", "true", "\"\"",
  ].map { Array($0.utf8) }

  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random)!, at: place)
      default: bytes.replaceSubrange(place..<end, with: Self.pieces.randomElement(using: &random)!)
      }
    }
    return bytes
  }
}
