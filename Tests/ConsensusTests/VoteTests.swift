import Cryptography
import Foundation
import Log
import Testing

/// The vectors were signed by another program (Python's cryptography) from the seed SHA-256("vote 0").
@Suite("A vote's line")
struct VoteTests {
  private static func vector(_ name: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "jws", subdirectory: "Vectors"))
    return [UInt8](try Data(contentsOf: url))
  }

  private static let root = Bench.root("A")!

  private static func vote(_ round: Int, _ step: Vote.Step, _ root: Digest?, height: Int = 7) -> Vote {
    Vote(chain: Bench.chain, height: height, round: round, step: step, root: root)
  }

  @Test(arguments: [
    ("precommit", vote(2, .precommit, root)), ("prevote-none", vote(0, .prevote, nil, height: 1)),
  ])
  func `is byte for byte what another program signs`(name: String, vote: Vote) throws {
    let bytes = try Self.vector(name)
    #expect(try SignedVote(vote, by: Bench.keys[0]).line.bytes == bytes)
    let read = try SignedVote(SignedLine(bytes))
    #expect(read.vote == vote && read.line.isSigned(by: Bench.keys[0].publicKey))
    let again = try SignedVote(vote, author: read.author, signature: read.line.signature)
    #expect(again.line.bytes == bytes)
  }

  @Test(arguments: [("proposal-again", 3, 2), ("proposal", 0, nil)] as [(String, Int, Int?)])
  func `is a proposal's, too`(name: String, round: Int, validRound: Int?) throws {
    let bytes = try Self.vector(name)
    let proposal = Proposal(chain: Bench.chain, height: 7, round: round, validRound: validRound, root: Self.root)
    #expect(try SignedProposal(proposal, by: Bench.keys[0]).line.bytes == bytes)
    #expect(try SignedProposal(SignedLine(bytes)).proposal == proposal)
  }

  @Test(arguments: [
    #"{"chain":"c","height":0,"round":0,"step":"prevote","root":null}"#,
    #"{"chain":"c","height":1,"round":-1,"step":"prevote","root":null}"#,
    #"{"chain":"c","height":1,"round":0,"step":"commit","root":null}"#,
    #"{"chain":"c","height":1,"round":0,"step":"prevote","root":"00"}"#,
    #"{"chain":"c","height":1,"round":0,"step":"prevote"}"#,
    #"{"height":1,"chain":"c","round":0,"step":"prevote","root":null}"#,
    #"{"chain":"c","height":1,"round":0,"step":"prevote","root":null,"more":1}"#,
    #"{"chain":"c", "height":1,"round":0,"step":"prevote","root":null}"#,
    #"{"chain":"\u0063","height":1,"round":0,"step":"prevote","root":null}"#,
    "[]", "",
  ])
  func `has one encoding`(payload: String) throws {
    let line = try SignedLine(.vote, payload: Array(payload.utf8), by: Bench.keys[0])
    #expect(throws: LogError.self) { try SignedVote(line) }
  }

  @Test func `is no other kind of line`() throws {
    let vote = try SignedVote(Self.vote(0, .prevote, nil), by: Bench.keys[0]).line
    #expect(throws: LogError.self) { try SignedProposal(vote) }
    #expect(throws: LogError.self) { try Entry(vote) }
    #expect(throws: LogError.self) { try BlockLine(vote) }
    let proposal = Proposal(chain: Bench.chain, height: 7, round: 0, validRound: nil, root: Self.root)
    let line = try SignedProposal(proposal, by: Bench.keys[0]).line
    #expect(throws: LogError.self) { try SignedVote(line) }
  }

  @Test func `makes a certificate with others of a quorum in their order`() throws {
    let votes = try Bench.keys.map { try SignedVote(Self.vote(1, .precommit, Self.root), by: $0) }
    let other = try SignedVote(Self.vote(1, .precommit, Bench.root("B")), by: Bench.keys[3])
    let none = try Bench.keys.map { try SignedVote(Self.vote(1, .precommit, nil), by: $0) }
    let stranger = try SignedVote(Self.vote(1, .precommit, Self.root), by: Bench.stranger())
    let certificate = try Certificate(Array(votes[1...]), validators: Bench.validators)
    let carried = try Certificate(
      certificate.precommits, chain: Bench.chain, height: 7, root: Self.root, validators: Bench.validators)
    #expect(carried.votes.map(\.line.bytes) == votes[1...].map(\.line.bytes))
    #expect(Certificate.sorted(votes.reversed(), validators: Bench.validators).map(\.author) == votes.map(\.author))
    for wrong in [
      [], Array(votes[2...]), [votes[1], votes[0], votes[2]], [votes[0], votes[0], votes[1]], none,
      [votes[0], votes[1], other], [votes[0], votes[1], votes[2], stranger],
    ] {
      #expect(throws: LogError.self) { try Certificate(wrong, validators: Bench.validators) }
    }
  }
}

@Suite("Evidence")
struct EvidenceTests {
  private func line(_ key: Int, _ round: Int, _ step: Vote.Step, _ block: Character) throws -> SignedLine {
    let vote = Vote(chain: Bench.chain, height: 7, round: round, step: step, root: Bench.root(block))
    return try SignedVote(vote, by: Bench.keys[key]).line
  }

  private func proposal(_ block: Character, validRound: Int? = nil) throws -> SignedLine {
    let proposal = Proposal(
      chain: Bench.chain, height: 7, round: 1, validRound: validRound, root: Bench.root(block)!)
    return try SignedProposal(proposal, by: Bench.keys[0]).line
  }

  @Test func `is two votes or proposals that contradict each other`() throws {
    let (a, b) = (try line(0, 1, .prevote, "A"), try line(0, 1, .prevote, "-"))
    let evidence = try Evidence(a, b)
    #expect(evidence.author == Bench.keys[0].id && evidence.height == 7)
    #expect(try Evidence(b, a).lines == evidence.lines)
    try evidence.verify(Bench.keys[0].publicKey)
    #expect(throws: LogError.self) { try evidence.verify(Bench.keys[1].publicKey) }
    try Evidence(proposal("A"), proposal("A", validRound: 0)).verify(Bench.keys[0].publicKey)
  }

  @Test func `is not two lines that an honest validator may sign`() throws {
    let first = try line(0, 1, .prevote, "A")
    for other in [
      first, try line(0, 2, .prevote, "B"), try line(0, 1, .precommit, "B"), try line(1, 1, .prevote, "B"),
      try proposal("B"),
    ] {
      #expect(throws: LogError.self) { try Evidence(first, other) }
    }
  }
}
