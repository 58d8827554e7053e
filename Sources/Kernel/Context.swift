import Quantities

/// What a rule may know besides its own state and the event.
public struct Context: Sendable {
  /// Who signed the entry.
  public let author: Author
  /// The entry's index in the log.
  public let index: Int
  /// The time of the block that holds it; the only time there is.
  public let time: Instant
  /// The people, devices and consortia that all modules share, before the event.
  public let registry: Registry

  /// A context of these parts.
  public init(author: Author, index: Int, time: Instant, registry: Registry) {
    (self.author, self.index, self.time, self.registry) = (author, index, time, registry)
  }

  /// Refuses an author that has none of `roles`.
  public func require(_ roles: RoleID...) throws(Rejection) {
    guard roles.contains(where: author.roles.contains) else {
      let wanted = roles.map(\.text).joined(separator: " or ")
      throw Rejection(.forbidden, "not_authorised", "the author's key lacks the role \(wanted)")
    }
  }

  /// Refuses an author that neither speaks for `party` nor has one of `roles`.
  public func require(speakerFor party: PartyID, or roles: RoleID...) throws(Rejection) {
    if author.party == party, author.roles.contains(.party) { return }
    guard roles.contains(where: author.roles.contains) else {
      throw Rejection(.forbidden, "not_authorised", "the author's key does not speak for \(party)")
    }
  }
}

/// The signer of an entry, as governance knows it.
public struct Author: Sendable, Hashable {
  /// What the key may do.
  public let roles: [RoleID]
  /// The party that it speaks for, where it speaks for one.
  public let party: PartyID?

  /// An author with `roles`, speaking for `party`.
  public init(roles: [RoleID], party: PartyID? = nil) {
    (self.roles, self.party) = (roles, party)
  }
}
