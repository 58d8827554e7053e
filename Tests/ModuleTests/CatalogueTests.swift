import Community
import Foundation
import Kernel
import Testing
import Village

@Suite("The catalogue of D7.1's messages")
struct CatalogueTests {
  /// Where the deliverable's own subject would mislead those who listen for what else it carries.
  static let misleading = ["M7.new_charging_point", "M7.remove_charging_point"]

  /// Everything that the example day tells, by subject.
  static let told: [String: [Data]] = {
    var told: [String: [Data]] = [:]
    _ = try? ExampleDay().play { told[$0.message.subject, default: []].append(Data($0.message.payload)) }
    return told
  }()

  @Test(arguments: Catalogue.all.messages.filter { ["notification", "synchronization"].contains($0.direction) })
  func `has each notification on its canonical subject, with its members`(_ entry: Catalogue.Entry) throws {
    let canonical = Self.subjects(entry.canonical).flatMap { Self.told[$0] ?? [] }
    #expect(!canonical.isEmpty, "nothing is told on \(entry.canonical)")
    for payload in canonical {
      let value = try JSONSerialization.jsonObject(with: payload)
      for path in entry.required { #expect(hasMember(value, path), "\(entry) lacks \(path)") }
    }
  }

  @Test(arguments: Catalogue.all.messages.filter { ["notification", "synchronization"].contains($0.direction) })
  func `has the deliverable's own subject where nobody is misled`(_ entry: Catalogue.Entry) {
    let canonical = Self.subjects(entry.canonical).flatMap { Self.told[$0] ?? [] }
    for subject in [entry.subject] + entry.also {
      let there = Self.subjects(subject).flatMap { Self.told[$0] ?? [] }
      if Self.misleading.contains(entry.id) {
        #expect(canonical.allSatisfy { !there.contains($0) })
      } else {
        #expect(canonical.allSatisfy(there.contains))
      }
    }
  }

  @Test(arguments: Catalogue.all.messages.filter { ["request", "response", "undefined"].contains($0.direction) })
  func `has each question and answer that stands in it`(_ entry: Catalogue.Entry) throws {
    let known = Set(Requests.all.map { "\($0.sender).request.\($0.receiver)" })
    let answered = Set(Requests.all.map { "\($0.receiver).response.\($0.sender)" })
    let recorded = Set(Self.told.keys)
    let there = known.union(answered).union(recorded)
    #expect(Self.subjects(entry.canonical).contains(where: there.contains), "nobody asks or answers \(entry.canonical)")
    if let operation = entry.id.split(separator: ":").dropFirst().first {
      #expect(
        Requests.all.contains { $0.operation == operation && $0.sender + ".request." + $0.receiver == entry.subject })
    }
  }

  /// What `M9.from.M5` lists: four notifications to subscribe to.
  @Test(arguments: Catalogue.all.messages.filter { $0.direction == "subscription" })
  func `has what M9 subscribes to`(_ entry: Catalogue.Entry) {
    for subject in [entry.subject] + entry.also { #expect(Self.told[subject] != nil, "nothing is told on \(subject)") }
  }

  /// Each interaction that the text asks for and no table defines, under the subjects and operations of the catalogue.
  @Test(arguments: Catalogue.all.gaps) func `has an answer to each gap`(_ gap: Catalogue.Gap) {
    let words = Set(gap.proposal.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }.map(String.init))
    let subjects = words.filter { $0.contains(".notif.") }
    for subject in subjects { #expect(Self.told[subject] != nil, "nothing is told on \(subject)") }
    let operations = words.filter(Self.isOperation)
    for operation in operations {
      #expect(Requests.all.contains { $0.operation == operation }, "nobody answers \(operation)")
    }
    #expect(!subjects.isEmpty || !operations.isEmpty || Self.elsewhere.contains(gap.id))
  }

  /// Gaps whose answer is another's: M2's flexibility, M4's and M5's responses, M4's operations.
  static let elsewhere = ["gap.04", "gap.08", "gap.25"]

  private static func isOperation(_ word: String) -> Bool {
    ["get_", "register_", "remove_", "create_", "consortium_", "process_"].contains(where: word.hasPrefix)
      || word == "authenticate"
  }

  /// The subject with every correspondent in the place of `{MOD}` and `{MOD2}`.
  private static func subjects(_ pattern: String) -> [String] {
    guard pattern.contains("{MOD}") else { return [pattern] }
    let names = Correspondent.allCases.map(\.rawValue)
    return names.flatMap { first in
      names.map { second in
        pattern.replacingOccurrences(of: "{MOD}", with: first).replacingOccurrences(of: "{MOD2}", with: second)
      }
    }
  }
}
