import Cryptography
import Encoding
import Quantities
import Testing

@testable import Log

@Suite("A refusal of the log")
struct LogErrorTests {
  /// Bytes that reach each kind. The authority of authors over events is the community's to refuse.
  static func reach(_ kind: LogError.Kind) throws {
    let genesis = try Vectors.genesis()
    let key = try Vectors.key("operator")
    let entry = try Vectors.bytes("entry.jws")
    let proof = try LogProof(Vectors.bytes("entry-1.tlog-proof"))
    let policy = TrustPolicy(genesis)
    var ring = KeyRing(genesis)
    var governance = Governance(genesis)
    func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }
    switch kind {
    case .jwsMalformed: _ = try SignedLine(utf8("a.b"))
    case .jwsNotCanonical: _ = try SignedLine(entry.dropLast() + [UInt8(ascii: "=")])
    case .jwsHeader: _ = try SignedLine(utf8("e30.e30.\(Base64.url.encode([UInt8](repeating: 0, count: 64)))"))
    case .tooLong: _ = try SignedLine([UInt8](repeating: UInt8(ascii: "A"), count: 65_536))
    case .payload: _ = try Entry(SignedLine(.entry, payload: utf8("{}"), by: key))
    case .wrongChain:
      _ = try proof.verify(entry, under: TrustPolicy(Vectors.bytes("log.policy"), origin: "other.example"))
    case .signature:
      let text = try Vectors.text("entry-1.tlog-proof").replacing(
        "vectors.example/log\n6\n", with: "vectors.example/log\n7\n")
      try LogProof(utf8(text)).verify(entry, under: policy)
    case .unknownKey: _ = try ring.valid(Entry(Vectors.leaves()[4]).author, at: 4)
    case .keyWindow: _ = try ring.valid(Entry(entry).author, at: 0)
    case .authority:
      let event = try GovernanceEvent(Entry(Vectors.leaves()[3]).events[0])!
      try governance.apply(event, by: Entry(entry).author, at: 3)
    case .sequence:
      let first = try Entry(entry)
      ring.count(first.author, sequence: first.sequence)
      _ = try ring.signer(of: first, at: 7)
    case .governance: _ = try GovernanceEvent(JSONDocument(utf8(#"{"type":"key.revoked","kid":""}"#)).root)
    case .quorumNeeded, .motionUnknown, .motionExists, .motionsFull, .approvalExists, .evidenceKnown:
      try reachGovernance(kind)
    case .genesis: _ = try Genesis(utf8("{}"))
    case .block: _ = try BlockLine(SignedLine(.block, payload: utf8("{}"), by: key))
    case .vote: _ = try SignedVote(SignedLine(.vote, payload: utf8("{}"), by: key))
    case .proposal: _ = try SignedProposal(SignedLine(.proposal, payload: utf8("{}"), by: key))
    case .certificate: _ = try Certificate([], validators: genesis.validators)
    case .evidence: _ = try Evidence(SignedLine(entry), SignedLine(entry))
    // `Replica` reads packets, and its tests reach this.
    case .packet: break
    case .note: _ = try SignedNote(utf8("a\n"))
    case .checkpoint: _ = try CosignedCheckpoint(utf8("a\n\n— n AQIDBAU=\n"))
    case .quorum:
      let text = try Vectors.text("entry-1.tlog-proof").replacing("— pilot.example ", with: "— other.example ")
      try LogProof(utf8(text)).verify(entry, under: policy)
    case .tile: _ = try EntryBundle.decode([0], count: 1)
    case .policy: _ = try TrustPolicy(utf8("quorum\n"))
    case .proofMalformed: _ = try LogProof(utf8("x\n"))
    case .proof: try proof.verify(Vectors.bytes("block.jws"), under: policy)
    }
  }

  private static func reachGovernance(_ kind: LogError.Kind) throws {
    var council = try Council(4)
    let motion = try council.motion(.removed("v3"))
    if kind == .quorumNeeded { try council.say("v0", .granted(Council.grant("new"))) }
    if kind == .motionUnknown { try council.say("v0", .approved(motion.name)) }
    try council.say("v0", .proposed(motion))
    if kind == .motionExists { try council.say("v1", .proposed(motion)) }
    if kind == .approvalExists { try council.say("v0", .approved(motion.name)) }
    for name in ["a", "b", "c", "d"] where kind == .motionsFull {
      try council.say("v0", .proposed(council.motion(.granted(Council.grant(name)))))
    }
    for _ in 0..<2 { try council.say("v1", .accused(GovernanceTests.evidence("v2"))) }
  }

  @Test(arguments: LogError.Kind.allCases.filter { $0 != .packet })
  func `is reached by bytes`(_ kind: LogError.Kind) {
    do {
      try Self.reach(kind)
      Issue.record("nothing was refused")
    } catch {
      #expect((error as? LogError)?.kind == kind, "\(error)")
    }
  }

  /// Specs/errors.md lists these codes; scripts depend on them.
  @Test func `has a stable code`() {
    #expect(
      LogError.Kind.allCases.map(\.rawValue) == [
        "jws_malformed", "jws_not_canonical", "jws_header", "entry_too_long", "entry_payload", "wrong_chain",
        "signature_invalid", "key_unknown", "key_not_valid_here", "not_authorised", "sequence_used",
        "governance_refused", "quorum_needed", "motion_unknown", "motion_exists", "motions_full", "approval_exists",
        "genesis_invalid", "block_invalid", "vote_invalid", "proposal_invalid",
        "certificate_invalid", "packet_malformed", "evidence_invalid", "evidence_known", "note_malformed",
        "checkpoint_malformed",
        "quorum_missing", "tile_malformed", "policy_malformed", "proof_malformed", "proof_invalid",
      ])
  }
}
