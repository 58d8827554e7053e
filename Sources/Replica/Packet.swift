import Cryptography
import Encoding
import Log

/// What one validator sends another, and what it stores of itself: a word, then one line each.
///
/// Signatures are not checked here.
public enum Packet: Sendable {
  /// Entries that wait for their place.
  case entries([SignedLine])
  /// Single votes.
  case votes([SignedVote])
  /// A quorum's votes.
  case certificate([SignedVote])
  /// A proposal with its block, and the prevotes of its valid round where it has one.
  case proposal(SignedProposal, ProposedBlock, [SignedVote])
  /// A block with the precommits that decided it.
  case decided(ProposedBlock, [SignedVote])
  /// A validator's cosignature of its tree.
  case cosigned(CosignedCheckpoint)
  /// The height that the sender has not decided yet.
  case status(height: Int)
  /// Asks which height the receiver has not decided yet, now.
  case ask(number: Int)
  /// Asks the same, and to leave the rounds of `height` behind in which the sender may have spoken: it does not know.
  case forgot(number: Int, height: Int)
  /// The answer to the question `number`: the height, and to one that forgot the round in which the answerer is now.
  case answer(number: Int, height: Int, round: Int?)
  /// A precommit for a block with what it rests on: the proposal, the block, the prevotes.
  case lock(SignedVote, SignedProposal, ProposedBlock, [SignedVote])
  /// The validator has left all rounds before this one.
  case round(Int)

  /// The longest packet in bytes.
  public static let maximumLength = 1_000_000

  private var word: String {
    switch self {
    case .entries: "entries"
    case .votes: "votes"
    case .certificate: "certificate"
    case .proposal: "proposal"
    case .decided: "decided"
    case .cosigned: "cosigned"
    case .status: "status"
    case .ask: "ask"
    case .forgot: "forgot"
    case .answer: "answer"
    case .lock: "lock"
    case .round: "round"
    }
  }

  private var lines: [[UInt8]] {
    switch self {
    case .entries(let entries): entries.map(\.bytes)
    case .votes(let votes), .certificate(let votes): votes.map(\.line.bytes)
    case .proposal(let proposal, let block, let votes):
      [proposal.line.bytes, block.line.bytes] + block.entries.map(\.bytes) + votes.map(\.line.bytes)
    case .decided(let block, let votes):
      [block.line.bytes] + block.entries.map(\.bytes) + votes.map(\.line.bytes)
    case .cosigned(let checkpoint): [checkpoint.bytes.dropLast()]
    case .status(let number), .ask(let number), .round(let number): [Self.line(number)]
    case .forgot(let number, let height): [Self.line(number), Self.line(height)]
    case .answer(let number, let height, let round):
      [Self.line(number), Self.line(height)] + (round.map { [Self.line($0)] } ?? [])
    case .lock(let vote, let proposal, let block, let votes):
      [vote.line.bytes, proposal.line.bytes, block.line.bytes] + block.entries.map(\.bytes)
        + votes.map(\.line.bytes)
    }
  }

  private static func line(_ number: Int) -> [UInt8] { Array(String(number).utf8) }

  /// The bytes: every line ends in a newline.
  public var bytes: [UInt8] {
    var bytes = Array(word.utf8) + [0x0A]
    for line in lines { bytes += line + [0x0A] }
    return bytes
  }

  /// Reads a packet.
  public init(_ bytes: [UInt8]) throws(LogError) {
    guard bytes.count <= Self.maximumLength, bytes.last == 0x0A, let end = bytes.firstIndex(of: 0x0A) else {
      throw LogError(.packet, "a packet is a word and lines, at most \(Self.maximumLength) bytes")
    }
    let rest = bytes[(end + 1)...]
    let word = String(decoding: bytes[..<end], as: UTF8.self)
    switch word {
    case "cosigned": self = .cosigned(try CosignedCheckpoint(Array(rest)))
    case "status": self = .status(height: try Self.numbers(rest, from: [1])[0])
    case "ask": self = .ask(number: try Self.numbers(rest, from: [1])[0])
    case "round": self = .round(try Self.numbers(rest, from: [1])[0])
    case "forgot":
      let numbers = try Self.numbers(rest, from: [1, 1])
      self = .forgot(number: numbers[0], height: numbers[1])
    case "answer":
      let hasRound = rest.count { $0 == 0x0A } == 3
      let numbers = try Self.numbers(rest, from: hasRound ? [1, 1, 0] : [1, 1])
      self = .answer(number: numbers[0], height: numbers[1], round: hasRound ? numbers[2] : nil)
    default:
      var reader = try LineReader(rest)
      self = try Self.read(word, &reader)
      try reader.finish()
    }
  }

  /// Lines of a number each, which is at least what `least` says and at most 2^53 - 1, as in the lines that are signed.
  private static func numbers(_ bytes: ArraySlice<UInt8>, from least: [Int]) throws(LogError) -> [Int] {
    let lines = String(decoding: bytes.dropLast(), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let numbers = lines.compactMap { Int($0) }
    guard numbers.count == least.count, lines.count == least.count, zip(numbers, least).allSatisfy({ $0 >= $1 }),
      numbers.allSatisfy({ $0 < 1 << 53 }), numbers.map(String.init) == lines.map(String.init)
    else {
      let what = least.map { "a number from \($0) on, below 2^53" }.joined(separator: ", ")
      throw LogError(.packet, "the packet does not hold \(what)")
    }
    return numbers
  }

  private static func read(_ word: String, _ reader: inout LineReader) throws(LogError) -> Packet {
    switch word {
    case "entries": return .entries(reader.all(.entry))
    case "votes": return .votes(try reader.votes())
    case "certificate": return .certificate(try reader.votes())
    case "proposal": return .proposal(try reader.proposal(), try reader.block(), try reader.votes())
    case "decided": return .decided(try reader.block(), try reader.votes())
    case "lock":
      return .lock(
        try SignedVote(reader.next(.vote)), try reader.proposal(), try reader.block(), try reader.votes())
    default: throw LogError(.packet, "no packet is called \(quoted(word))")
    }
  }
}

/// Takes the lines of a packet by their types.
private struct LineReader {
  private var lines: ArraySlice<SignedLine>

  init(_ bytes: ArraySlice<UInt8>) throws(LogError) {
    var lines: [SignedLine] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      lines.append(try SignedLine(Array(line)))
    }
    guard lines.count <= ProposedBlock.maximumEntries + 4 * ValidatorSet.maximumCount else {
      throw LogError(.packet, "the packet has \(lines.count) lines")
    }
    self.lines = lines[...]
  }

  mutating func next(_ kind: SignedLine.Kind) throws(LogError) -> SignedLine {
    guard let line = lines.popFirst(), line.kind == kind else {
      throw LogError(.packet, "the packet lacks a line of type \(kind.rawValue)")
    }
    return line
  }

  mutating func all(_ kind: SignedLine.Kind) -> [SignedLine] {
    let taken = lines.prefix { $0.kind == kind }
    lines.removeFirst(taken.count)
    return Array(taken)
  }

  mutating func votes() throws(LogError) -> [SignedVote] {
    var votes: [SignedVote] = []
    for line in all(.vote) { votes.append(try SignedVote(line)) }
    return votes
  }

  mutating func proposal() throws(LogError) -> SignedProposal { try SignedProposal(next(.proposal)) }

  mutating func block() throws(LogError) -> ProposedBlock {
    ProposedBlock(line: try next(.block), entries: all(.entry))
  }

  func finish() throws(LogError) {
    guard lines.isEmpty else { throw LogError(.packet, "the packet has lines in another order") }
  }
}
