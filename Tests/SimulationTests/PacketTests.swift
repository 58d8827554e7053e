import Log
import Replica
import Testing

@Suite("A packet")
struct PacketTests {
  @Test(arguments: [
    "", "status\n", "status\n0\n", "status\n01\n", "status\n1", "status\n1\n1\n", "votes", "nothing\n",
    "votes\na.b.c\n",
    "proposal\n", "decided\n", "lock\n", "cosigned\n", "cosigned\nx\n", "\n", "forgot\n1\n", "forgot\n1\n0\n",
    "status\n9007199254740992\n", "status\n9223372036854775807\n",
    "answer\n1\n", "answer\n1\n1\n-1\n", "answer\n1\n1\n1\n1\n", "round\n0\n",
  ])
  func `is refused where it is not a word and its lines`(_ text: String) {
    #expect(throws: LogError.self) { try Packet(Array(text.utf8)) }
  }

  @Test func `has a limit`() {
    do {
      _ = try Packet(Array("status\n1\n".utf8) + [UInt8](repeating: 0x0A, count: Packet.maximumLength))
      Issue.record("nothing was refused")
    } catch {
      #expect(error.kind == .packet)
    }
  }

  @Test(arguments: [
    Packet.status(height: 7), .votes([]), .entries([]), .ask(number: 1), .forgot(number: 2, height: 3),
    .answer(number: 4, height: 5, round: nil), .answer(number: 6, height: 7, round: 0), .round(8),
  ])
  func `is read back from its bytes`(_ packet: Packet) throws {
    #expect(try Packet(packet.bytes).bytes == packet.bytes)
  }
}
