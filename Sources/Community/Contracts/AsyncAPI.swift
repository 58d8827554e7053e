import Kernel

/// The AsyncAPI 3.0 document of the platform's messages.
enum AsyncAPI {
  /// The document, as YAML.
  static func document(_ kinds: [MessageKind]) -> String {
    let channels = kinds.flatMap { kind in ([kind.subject] + kind.also).map { channel($0, kind) } }
    let operations = kinds.map(operation)
    return
      ([head, "channels:"] + channels + ["operations:"] + operations + ["components:", "  messages:"]
      + kinds.map(message) + ["  messageTraits:", headers]).joined(separator: "\n") + "\n"
  }

  private static let head = """
    asyncapi: 3.0.0
    info:
      title: Twinergy
      version: 1.0.0
      description: >-
        What the platform is told over NATS. Every message is a function of one event of the log and the state before it;
        Specs/messages.md tells which of which.
    defaultContentType: application/json
    servers:
      nats:
        host: localhost:4222
        protocol: nats
    """

  /// A key that YAML and JSON pointers take as it is.
  private static func key(_ subject: String) -> String { String(subject.filter { $0 != "{" && $0 != "}" }) }

  private static func channel(_ subject: String, _ kind: MessageKind) -> String {
    // Braces name parameters in AsyncAPI; in one subject of the deliverable they are letters.
    let isLiteral = subject.contains("{M6}")
    let parameters = ["MOD", "MOD2"].filter { subject.contains("{\($0)}") }
    var lines = ["  \(isLiteral ? "literal_" : "")\(key(subject)):"]
    lines.append("    address: \(isLiteral ? "null" : "'\(subject)'")")
    if isLiteral { lines.append("    description: 'The subject of D7.1 Table 23 with its braces: \(subject)'") }
    if !parameters.isEmpty { lines.append("    parameters:") }
    for parameter in parameters {
      lines.append("      \(parameter):")
      lines.append("        enum: [\(Correspondent.allCases.map(\.rawValue).joined(separator: ", "))]")
    }
    lines += ["    messages:", "      \(key(kind.subject)):"]
    lines.append("        $ref: '#/components/messages/\(key(kind.subject))'")
    return lines.joined(separator: "\n")
  }

  private static func operation(_ kind: MessageKind) -> String {
    """
      send_\(key(kind.subject)):
        action: send
        channel:
          $ref: '#/channels/\(key(kind.subject))'
        summary: 'Follows from \(kind.events.joined(separator: ", "))'
    """
  }

  private static func message(_ kind: MessageKind) -> String {
    """
        \(key(kind.subject)):
          name: '\(kind.subject)'
          traits:
            - $ref: '#/components/messageTraits/recorded'
          payload:
            schemaFormat: application/schema+json;version=draft-2020-12
            schema:
              $ref: './schemas/messages/\(kind.name).json'
    """
  }

  private static let headers = """
        recorded:
          headers:
            type: object
            required: [Nats-Msg-Id, Twinergy-Index, Twinergy-Checkpoint]
            properties:
              Nats-Msg-Id:
                type: string
                description: <origin>/<entry's index>.<event's position>.<message's position>
              Twinergy-Index:
                type: string
              Twinergy-Checkpoint:
                type: string
    """
}
