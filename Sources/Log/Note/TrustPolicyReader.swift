import Encoding

extension TrustPolicy {
  /// Reads a policy file.
  ///
  /// - Parameter origin: the log that is meant; it may be left out where the policy lists logs, and then each of them is.
  public init(_ bytes: [UInt8], origin: String? = nil) throws(LogError) {
    var reader = TrustPolicyReader()
    try reader.read(bytes)
    guard let quorum = reader.quorum else { throw LogError(.policy, "the policy has no quorum line") }
    guard origin != nil || !reader.logs.isEmpty else {
      throw LogError(.policy, "the policy lists no log, so the origin of the log that is meant must be given")
    }
    self.init(
      origin: origin, logs: reader.logs.map(\.key), witnesses: reader.witnesses.compactMap(\.key), quorum: quorum)
  }
}

/// Reads a policy line by line. Names are bytes: the format knows no Unicode.
struct TrustPolicyReader {
  private typealias Item = ArraySlice<UInt8>
  private typealias Name = [UInt8]

  struct Signer {
    var key: VerifierKey?
    var material: [UInt8]
  }

  private(set) var logs: [Signer] = []
  private(set) var witnesses: [Signer] = []
  private(set) var quorum: TrustPolicy.Rule?
  private var groups = 0
  private var rules: [Name: TrustPolicy.Rule] = [:]
  private var members = Set<Name>()
  private var line = 0

  mutating func read(_ bytes: [UInt8]) throws(LogError) {
    guard bytes.count <= TrustPolicy.maximumLength else {
      throw LogError(.policy, "the policy has \(bytes.count) bytes, more than \(TrustPolicy.maximumLength)")
    }
    let isText = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A }
    guard isText, bytes.isEmpty || bytes.last == 0x0A else {
      throw LogError(.policy, "the policy has control characters or does not end its last line")
    }
    for text in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      line += 1
      let items = text.split { $0 == 0x20 || $0 == 0x09 }
      guard let keyword = items.first, keyword.first != UInt8(ascii: "#") else { continue }
      try read(String(decoding: keyword, as: UTF8.self), Array(items.dropFirst()))
    }
  }

  private mutating func read(_ keyword: String, _ items: [Item]) throws(LogError) {
    switch keyword {
    case "log":
      guard (1...2).contains(items.count) else { throw fail("a log line is: log KEY [URL]") }
      logs.append(try signer(items[0], among: logs))
    case "witness":
      guard (2...3).contains(items.count) else { throw fail("a witness line is: witness NAME KEY [URL]") }
      let witness = try signer(items[1], among: witnesses)
      if let key = witness.key, key.kind != .cosignature { throw fail("the key of a witness does not cosign") }
      try define(items[0], .cosigned(witness.key))
      witnesses.append(witness)
    case "group": try readGroup(items)
    case "quorum": try readQuorum(items)
    default: throw fail("\(quoted(keyword)) is none of log, witness, group and quorum")
    }
  }

  private func signer(_ item: Item, among others: [Signer]) throws(LogError) -> Signer {
    guard others.count < TrustPolicy.maximumCount else {
      throw fail("there are more than \(TrustPolicy.maximumCount) of a kind")
    }
    guard let text = String(validating: item, as: UTF8.self) else { throw fail("the key is not UTF-8") }
    let signer: Signer
    do {
      let (key, material) = try VerifierKey.read(text)
      signer = Signer(key: key, material: material)
    } catch {
      throw fail(error.sentence)
    }
    guard !others.contains(where: { $0.material == signer.material }) else { throw fail("the key stands twice") }
    return signer
  }

  private mutating func readGroup(_ items: [Item]) throws(LogError) {
    guard items.count >= 3 else { throw fail("a group line is: group NAME all|any|COUNT MEMBER …") }
    groups += 1
    guard groups <= TrustPolicy.maximumCount else {
      throw fail("there are more than \(TrustPolicy.maximumCount) groups")
    }
    var rules: [TrustPolicy.Rule] = []
    for member in items[2...] {
      rules.append(try rule(member))
      guard members.insert(Name(member)).inserted else { throw fail("\(shown(member)) is a member twice") }
    }
    try define(items[0], .group(threshold: try threshold(items[1], of: rules.count), rules))
  }

  private func threshold(_ item: Item, of count: Int) throws(LogError) -> Int {
    switch String(decoding: item, as: UTF8.self) {
    case "all": return count
    case "any": return 1
    case let text:
      guard let number = Int(canonical: text[...]), (1...count).contains(number) else {
        throw fail("\(quoted(text)) is not all, any or a number from 1 to \(count)")
      }
      return number
    }
  }

  private mutating func readQuorum(_ items: [Item]) throws(LogError) {
    guard items.count == 1 else { throw fail("a quorum line is: quorum NAME") }
    guard quorum == nil else { throw fail("there is a second quorum line") }
    quorum = items[0].elementsEqual("none".utf8) ? TrustPolicy.Rule.always : try rule(items[0])
  }

  private mutating func define(_ name: Item, _ rule: TrustPolicy.Rule) throws(LogError) {
    guard !name.elementsEqual("none".utf8) else { throw fail("none is a name that cannot be given") }
    guard rules.updateValue(rule, forKey: Name(name)) == nil else { throw fail("\(shown(name)) is defined twice") }
  }

  private func rule(_ name: Item) throws(LogError) -> TrustPolicy.Rule {
    guard let rule = rules[Name(name)] else { throw fail("\(shown(name)) is not defined on a line before") }
    return rule
  }

  private func shown(_ name: Item) -> String { quoted(String(decoding: name, as: UTF8.self)) }

  private func fail(_ what: String) -> LogError { LogError(.policy, "line \(line) of the policy: \(what)") }
}
