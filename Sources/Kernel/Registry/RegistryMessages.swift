import Encoding
import Quantities

/// What the platform is told of the registry. D7.1 makes M9 its registrar, so the subjects are M9's (section 5.9.2, Table 11).
extension Registry {
  /// The messages for `fact`.
  public func messages(for fact: RegistryEvent, in context: Context) -> [Message] {
    let timestamp = context.time.description
    func notification(_ subject: String, _ body: (inout JSONWriter) -> Void) -> [Message] {
      [
        Message("M9.notif.\(subject)") { payload in
          payload.field("timestamp", timestamp)
          body(&payload)
        }
      ]
    }
    switch fact {
    case .participantJoined(let event):
      return notification("prosumer_joined") { $0.field("prosumer", event.participant) }
    case .participantLeft(let event):
      return notification("prosumer_left") { $0.field("prosumer", event.participant) }
    case .deviceRegistered(let event):
      return notification("device_registered") { event.write(to: &$0) }
    case .deviceLinked(let event):
      return notification("device_linked") { event.write(to: &$0) }
    case .deviceUnlinked(let event):
      return notification("device_unlinked") { event.write(to: &$0) }
    case .deviceRemoved(let event):
      return notification("device_removed") { event.write(to: &$0) }
    case .consortiumFormed(let event):
      return notification("consortium_registered") { event.write(to: &$0) }
    case .consortiumChanged(let event):
      return notification("consortium_changed") { event.write(to: &$0) }
    }
  }
}
