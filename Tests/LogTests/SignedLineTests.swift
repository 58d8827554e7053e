import Cryptography
import Encoding
import Testing

@testable import Log

@Suite("A signed line")
struct SignedLineTests {
  static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func parts() throws -> [String] {
    try Vectors.text("entry.jws").split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  static func line(_ header: String, payload: String? = nil, signature: String? = nil) throws -> [UInt8] {
    let parts = try parts()
    return Array(
      "\(Base64.url.encode(Array(header.utf8))).\(payload ?? parts[1]).\(signature ?? parts[2])".utf8)
  }

  /// The payloads end in each of the three ways in which base64url can end.
  @Test(arguments: [0, 1, 2])
  func `has one last character in each of its parts`(_ padding: Int) throws {
    let key = try Vectors.key("operator")
    let line = try SignedLine(.entry, payload: [UInt8](repeating: 0x20, count: 10 + padding), by: key)
    let dots = line.bytes.indices.filter { line.bytes[$0] == UInt8(ascii: ".") }
    for (part, end) in zip(["header", "payload", "signature"], dots + [line.bytes.count]) {
      var accepted = 0
      for character in Self.alphabet where character != line.bytes[end - 1] {
        var other = line.bytes
        other[end - 1] = character
        do throws(LogError) {
          // What is read at all has other decoded bytes, so its signature cannot hold.
          let read = try SignedLine(other)
          #expect(!read.isSigned(by: key.publicKey))
          accepted += 1
        } catch {
          let expected: [LogError.Kind] = part == "header" ? [.jwsNotCanonical, .jwsHeader] : [.jwsNotCanonical]
          #expect(expected.contains(error.kind), "\(part): \(error)")
        }
      }
      // A signature of 64 bytes ends in a character with 4 unused bits: 4 of 64 are canonical.
      if part == "signature" { #expect(accepted == 3) }
      if part == "payload" {
        #expect(accepted == [15, 63, 3][(10 + padding) % 3 == 0 ? 1 : (10 + padding) % 3 == 2 ? 0 : 2])
      }
    }
  }

  @Test func `is spoilt by every flip of a bit`() throws {
    let bytes = try Vectors.bytes("entry.jws")
    let key = try Vectors.key("operator").publicKey
    for bit in 0..<(bytes.count * 8) {
      var other = bytes
      other[bit / 8] ^= 1 << (bit % 8)
      if let line = try? SignedLine(other), line.isSigned(by: key) { Issue.record("bit \(bit)") }
    }
  }

  @Test func `is cut nowhere`() throws {
    let bytes = try Vectors.bytes("entry.jws")
    let key = try Vectors.key("operator").publicKey
    for end in 0..<bytes.count {
      if let line = try? SignedLine(Array(bytes[..<end])), line.isSigned(by: key) { Issue.record("cut at \(end)") }
    }
  }

  @Test func `has three parts`() throws {
    let parts = try Self.parts()
    for text in [
      "", ".", "..", "...", parts[0], "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).\(parts[2]).",
      ".\(parts[0]).\(parts[1]).\(parts[2])", "\(parts[0]).\(parts[1]).\(parts[2]).\(parts[2])",
    ] where text != ".." {
      expectRefusal(.jwsMalformed, "\(text.prefix(60))") { try SignedLine(Array(text.utf8)) }
    }
    expectRefusal(.jwsMalformed) { try SignedLine(Array("..".utf8)) }
  }

  @Test(arguments: ["=", "==", "\n", " ", "+", "/", "é", "\u{0}"])
  func `is nothing but base64url without padding`(_ extra: String) throws {
    let parts = try Self.parts()
    for position in 0..<3 {
      for text in [parts[position] + extra, extra + parts[position]] {
        var changed = parts
        changed[position] = text
        let line = Array(changed.joined(separator: ".").utf8)
        expectRefusal(.jwsNotCanonical, "\(text)") { try SignedLine(line) }
      }
    }
  }

  @Test(arguments: [0, 32, 63, 65, 96])
  func `has a signature of 64 bytes`(_ count: Int) throws {
    let parts = try Self.parts()
    let line = "\(parts[0]).\(parts[1]).\(Base64.url.encode([UInt8](repeating: 1, count: count)))"
    expectRefusal(.jwsMalformed) { try SignedLine(Array(line.utf8)) }
  }

  @Test func `has one header`() throws {
    let kid = try Vectors.value("kid", "operator")
    let good = #"{"alg":"EdDSA","kid":"\#(kid)","typ":"twinergy-entry+jws"}"#
    #expect(try SignedLine(Self.line(good)).bytes == (try Vectors.bytes("entry.jws")))
    for header in [
      "", "{}", " " + good, good + " ", good + "\n", "\u{FEFF}" + good, good.replacing(":", with: ": "),
      #"{"kid":"\#(kid)","alg":"EdDSA","typ":"twinergy-entry+jws"}"#,
      #"{"alg":"EdDSA","typ":"twinergy-entry+jws","kid":"\#(kid)"}"#,
      #"{"alg":"EdDSA","kid":"\#(kid)"}"#, #"{"kid":"\#(kid)","typ":"twinergy-entry+jws"}"#,
      #"{"alg":"EdDSA","kid":"\#(kid)","typ":"twinergy-entry+jws","crit":[]}"#,
      #"{"alg":"EdDSA","kid":"\#(kid)","typ":"twinergy-entry+jws","alg":"EdDSA"}"#,
      good.replacing("EdDSA", with: "none"), good.replacing("EdDSA", with: "HS256"),
      good.replacing("EdDSA", with: "Ed25519"), good.replacing("EdDSA", with: "eddsa"),
      good.replacing("EdDSA", with: "\\u0045dDSA"), good.replacing("twinergy-entry+jws", with: "JWT"),
      good.replacing("twinergy-entry+jws", with: "twinergy-entry+JWS"),
      good.replacing(kid, with: kid.dropLast()), good.replacing(kid, with: kid + "A"), good.replacing(kid, with: ""),
      good.replacing(kid, with: kid.dropLast() + "_"), good.replacing("}", with: ""),
    ] {
      expectRefusal(.jwsHeader, "\(header)") { try SignedLine(Self.line(header)) }
    }
  }

  @Test func `says what it is`() throws {
    #expect(try SignedLine(Vectors.bytes("entry.jws")).kind == .entry)
    let block = try SignedLine(Vectors.bytes("block.jws"))
    #expect(block.kind == .block)
    expectRefusal(.jwsHeader) { try Entry(block) }
    let entry = try SignedLine(Vectors.bytes("entry.jws"))
    expectRefusal(.jwsHeader) { try BlockLine(entry) }
  }

  @Test func `has at most 65535 bytes`() throws {
    let key = try Vectors.key("operator")
    let overhead = try SignedLine(.entry, payload: [], by: key).bytes.count
    let most = (SignedLine.maximumLength - overhead) / 4 * 3 + [0, 0, 1, 2][(SignedLine.maximumLength - overhead) % 4]
    let line = try SignedLine(.entry, payload: [UInt8](repeating: 0x20, count: most), by: key)
    #expect(line.bytes.count <= 65_535)
    #expect(try SignedLine(line.bytes).isSigned(by: key.publicKey))
    expectRefusal(.tooLong) {
      try SignedLine(.entry, payload: [UInt8](repeating: 0x20, count: most + 1), by: key)
    }
    let long = [UInt8](repeating: UInt8(ascii: "A"), count: 65_536)
    expectRefusal(.tooLong) { try SignedLine(long) }
    expectRefusal(.jwsMalformed) { try SignedLine(Array(long.dropLast())) }
  }
}
