import Cryptography
import Foundation
import NATSServer
import Testing

@testable import NATS

@Suite("A connection")
struct CredentialTests {
  /// Publishes to itself, which needs a connection that the server takes.
  private func roundTrip(_ options: ConnectionOptions) async throws {
    let connection = try await Connection.open(options)
    let messages = try connection.subscribe("test.messages")
    try connection.publish("test.messages", Array(#"{"code":200,"message":"OK"}"#.utf8))
    for try await message in messages {
      #expect(message.payload == Array(#"{"code":200,"message":"OK"}"#.utf8))
      break
    }
  }

  private func expect(_ kind: NATSError.Kind, _ options: ConnectionOptions) async {
    let error = await #expect(throws: NATSError.self) { _ = try await Connection.open(options) }
    #expect(error?.kind == kind, "\(String(describing: error))")
  }

  @Test func `is made with a token from a file`() async throws {
    let server = try await Server("authorization { token: \"s3cret\" }")
    let token = try Credential.secret(file: server.write("token", "s3cret\n"))
    try await roundTrip(ConnectionOptions([server.url], credential: .token(token)))
    await expect(.authorisation, ConnectionOptions([server.url], credential: .token(Secret("other"))))
    await expect(.authorisation, ConnectionOptions([server.url]))
  }

  @Test func `is made with user and password`() async throws {
    let server = try await Server("authorization { users: [{ user: M7, password: \"s3cret\" }] }")
    try await roundTrip(ConnectionOptions([server.url], credential: .user("M7", Secret("s3cret"))))
    await expect(.authorisation, ConnectionOptions([server.url], credential: .user("M7", Secret("other"))))
  }

  @Test func `is made with an NKEY, each time`() async throws {
    let key = UserKey(try SecretKey(seed: (0..<32).map { _ in .random(in: 0...255) }))
    let server = try await Server("authorization { users: [{ nkey: \(key.publicText) }] }")
    let file = try server.write("nkey", key.seedText + "\n")
    try await roundTrip(ConnectionOptions([server.url], credential: .nkey(file: file)))
    // libnats 3.4.1 fails about once in 256 challenges.
    let times = Int(ProcessInfo.processInfo.environment["TWINERGY_NKEY_CONNECTS"] ?? "") ?? 200
    for _ in 0..<times {
      try await Connection.open(ConnectionOptions([server.url], credential: .nkey(key))).close()
    }
    let other = UserKey(try SecretKey(seed: Array(repeating: 7, count: 32)))
    await expect(.authorisation, ConnectionOptions([server.url], credential: .nkey(other)))
  }

  @Test func `is made over TLS with an authority of its own, and with no other`() async throws {
    let directory = NSTemporaryDirectory() + "twinergy-tls-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try Certificates.make("good", host: "127.0.0.1", in: directory)
    try Certificates.make("strange", host: "broker.example", in: directory)
    func server(_ name: String) async throws -> Server {
      try await Server("tls { cert_file: \"\(directory)/\(name).pem\", key_file: \"\(directory)/\(name).key\" }")
    }
    let good = try await server("good")
    try await roundTrip(ConnectionOptions([good.url], tls: .init(authorities: directory + "/good-ca.pem")))
    await expect(.tls, ConnectionOptions([good.url], tls: .init(authorities: directory + "/strange-ca.pem")))
    let strange = try await server("strange")
    await expect(.tls, ConnectionOptions([strange.url], tls: .init(authorities: directory + "/strange-ca.pem")))
    try await roundTrip(
      ConnectionOptions(
        [strange.url], tls: .init(authorities: directory + "/strange-ca.pem", hostname: "broker.example")))
    let plain = try await Server()
    await expect(.tls, ConnectionOptions([plain.url], tls: .init(authorities: directory + "/good-ca.pem")))
  }

  @Test(arguments: ["nats://user:secret@127.0.0.1:4222", "nats://token@127.0.0.1", "http://127.0.0.1", "", "127.0.0.1"])
  func `is refused by a URL with a secret or none at all`(_ url: String) async {
    await expect(.invalid, ConnectionOptions([url]))
  }

  @Test func `fails at once where nobody listens`() async throws {
    let server = try await Server()
    await server.kill()
    await expect(.connection, ConnectionOptions([server.url]))
  }

  @Test(arguments: ["", "-----BEGIN NATS USER JWT-----\nabc\n", "a\nb\nc\n"])
  func `is refused by a file that holds no credentials`(_ text: String) throws {
    let file = NSTemporaryDirectory() + "twinergy-creds-\(UUID().uuidString)"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(throws: NATSError.self) { try Credential.credentials(file: file) }
    #expect(throws: NATSError.self) { try Credential.nkey(file: file) }
  }
}
