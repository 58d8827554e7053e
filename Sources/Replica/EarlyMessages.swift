import Cryptography
import Log

/// Messages of the next height, which other validators have begun already.
struct EarlyMessages: Sendable {
  /// The most that are held of one validator; what is lost is sent again.
  static let perAuthor = 6

  private var height = 0
  private var packets: [(author: KeyID, packet: Packet)] = []
  private var counts: [KeyID: Int] = [:]

  /// Holds a message of `height`, its signature verified.
  mutating func keep(_ packet: Packet, height: Int, of author: KeyID) {
    if height != self.height { (self.height, packets, counts) = (height, [], [:]) }
    guard counts[author, default: 0] < Self.perAuthor else { return }
    counts[author, default: 0] += 1
    packets.append((author, packet))
  }

  /// Gives what is held of `height`, and forgets all.
  mutating func take(height: Int) -> [Packet] {
    defer { (packets, counts) = ([], [:]) }
    return height == self.height ? packets.map(\.packet) : []
  }
}
