import Peering
import Testing

@Suite("The subjects of validators") struct ValidatorSubjectsTests {
  @Test func `name log, receiver and sender by one token each`() {
    let subjects = ValidatorSubjects(chain: "pilots.example/lem", me: "bristol.example")
    #expect(subjects.toAll == "twinergy.pilots%2eexample%2flem.consensus._.bristol%2eexample")
    #expect(subjects.to("_") == "twinergy.pilots%2eexample%2flem.consensus.%5f.bristol%2eexample")
    let other = ValidatorSubjects(chain: "pilots.example/lem", me: "athens")
    #expect(subjects.of("athens") == [other.toAll, other.to("bristol.example")])
  }

  @Test(arguments: ["a", "a.b", "*", ">", "a b", "%2e", "é", "a/b", "A-9", "_"])
  func `keep different names apart and hold no sign of NATS`(name: String) {
    let token = ValidatorSubjects.token(name)
    #expect(token.utf8.allSatisfy { !".*> \t\r\n".utf8.contains($0) && $0 < 128 })
    let others = ["a", "a.b", "*", ">", "a b", "%2e", "é", "a/b", "A-9", "_"].filter { $0 != name }
    #expect(!others.map(ValidatorSubjects.token).contains(token))
  }
}
