import Consensus
import Cryptography
import Log

/// A validator among four, driven by tokens and answering in tokens.
///
/// In: `start`; `P1A` the proposal of block A in round 1, `P1A<0` with valid round 0, `P1A!` of a block that is not valid,
/// `P1A?` of one whose time is far; `2v0A` a prevote of validator 2 in round 0, `2c0-` a precommit for none; `V0A` a quorum's
/// prevotes as a whole, `C0A` its precommits; `tp0` `tv0` `tc0` the end of a wait for proposal, prevotes, precommits.
///
/// Out: `P1` a new proposal, `P1A<0` one again, `v0A` `c0-` votes, `wp0` `wv0` `wc0` waits, `dA` the decision, `xA` a dispute,
/// `!2` evidence against validator 2, or the word of a refusal.
struct Bench {
  static let chain = "bench.example/lem"
  static let keys = makeKeys()
  static let validators = makeValidators()

  var consensus: Consensus
  let me: Int?
  /// What the validator would have on its disk.
  private(set) var stored: [(SignedVote, Consensus.Lock?)] = []

  init(me: Int?, height: Int = 1) {
    self.me = me
    consensus = Consensus(
      chain: Self.chain, height: height, validators: Self.validators, me: me.map { Self.keys[$0].id })
  }

  private static func makeKeys() -> [SecretKey] {
    (0..<4).compactMap { try? SecretKey(seed: SHA256.hash(Array("vote \($0)".utf8)).bytes) }
  }

  private static func makeValidators() -> ValidatorSet {
    do {
      return try ValidatorSet(
        keys.enumerated().map { place, key in
          let cosign = try SecretKey(seed: SHA256.hash(Array("cosign \(place)".utf8)).bytes)
          return try .init(name: "v\(place)", vote: key.publicKey, cosign: cosign.publicKey)
        })
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// The key of nobody.
  static func stranger() throws -> SecretKey { try SecretKey(seed: SHA256.hash([0]).bytes) }

  /// Counts a vote among what the disk has.
  mutating func keep(_ vote: SignedVote, _ lock: Consensus.Lock?) { stored.append((vote, lock)) }

  static func root(_ name: Character) -> Digest? { name == "-" ? nil : SHA256.hash(Array(String(name).utf8)) }

  static func name(_ root: Digest?) -> String {
    root.map { root in "ABCDE".first { Self.root($0) == root }.map(String.init) ?? "?" } ?? "-"
  }

  /// Plays tokens; answers tokens.
  mutating func play(_ script: String) throws -> String {
    var said: [String] = []
    for token in script.split(separator: " ") { said += try take(try input(String(token))) }
    return said.joined(separator: " ")
  }

  private mutating func take(_ input: Consensus.Input) throws -> [String] {
    var said: [String] = []
    for action in consensus.step(input) {
      said.append(describe(action))
      if case .vote(let vote, let lock) = action, let me {
        let signed = try SignedVote(vote, by: Self.keys[me])
        stored.append((signed, lock))
        said += try take(.vote(signed))
      }
    }
    return said
  }

  private func describe(_ action: Consensus.Action) -> String {
    switch action {
    case .propose(let round, let valid): "P\(round)" + (valid.map { "\(Self.name($0.root))<\($0.round)" } ?? "")
    case .vote(let vote, _): "\(vote.step == .prevote ? "v" : "c")\(vote.round)\(Self.name(vote.root))"
    case .schedule(let timeout):
      "w\(["propose": "p", "prevote": "v", "precommit": "c"][timeout.kind.rawValue]!)\(timeout.round)"
    case .decide(let certificate): "d\(Self.name(certificate.root))"
    case .dispute(let certificate): "x\(Self.name(certificate.root))"
    case .evidence(let line, _): "!\(Self.keys.firstIndex { $0.id == line.author }!)"
    case .refuse(let refusal): refusal.rawValue
    }
  }

  func input(_ token: String) throws -> Consensus.Input {
    var rest = token[...]
    switch rest.removeFirst() {
    case "s": return .start
    case "t":
      let kinds: [Character: Timeout.Kind] = ["p": .propose, "v": .prevote, "c": .precommit]
      return .timeout(Timeout(kinds[rest.removeFirst()]!, height: consensus.height, round: number(&rest)))
    case "P": return try proposal(&rest)
    case "V": return .certificate(try certificate(.prevote, &rest))
    case "C": return .certificate(try certificate(.precommit, &rest))
    case let place:
      let step: Vote.Step = rest.removeFirst() == "v" ? .prevote : .precommit
      return .vote(try vote(Int(String(place))!, step, number(&rest), Self.root(rest.first!)))
    }
  }

  private func number(_ rest: inout Substring) -> Int {
    let digits = rest.prefix { $0.isNumber }
    rest.removeFirst(digits.count)
    return Int(digits)!
  }

  private func proposal(_ rest: inout Substring) throws -> Consensus.Input {
    let round = number(&rest)
    let root = Self.root(rest.removeFirst())!
    let verdict = Verdict(isValid: rest.last != "!", isTimely: rest.last != "?")
    if rest.first == "<" { rest.removeFirst() }
    let validRound = rest.first?.isNumber == true ? number(&rest) : nil
    let proposal = Proposal(
      chain: Self.chain, height: consensus.height, round: round, validRound: validRound, root: root)
    return .proposal(try SignedProposal(proposal, by: Self.keys[consensus.proposer(round)]), verdict)
  }

  private func vote(_ place: Int, _ step: Vote.Step, _ round: Int, _ root: Digest?) throws -> SignedVote {
    try SignedVote(
      Vote(chain: Self.chain, height: consensus.height, round: round, step: step, root: root), by: Self.keys[place])
  }

  private func certificate(_ step: Vote.Step, _ rest: inout Substring) throws -> Certificate {
    let round = number(&rest)
    let votes = try [0, 2, 3].map { try vote($0, step, round, Self.root(rest.first!)) }
    return try Certificate(votes, validators: Self.validators)
  }
}
