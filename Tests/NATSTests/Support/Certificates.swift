import Foundation
import NATSServer

/// An authority and a server's certificate, made by openssl for one test.
enum Certificates {
  /// Makes `NAME-ca.pem`, `NAME.pem` and `NAME.key` in `directory`, the certificate for `host`.
  static func make(_ name: String, host: String, in directory: String) throws {
    let curve = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    try run(
      directory,
      "req -x509 \(curve) -days 2 -subj /CN=\(name) -keyout \(name)-ca.key -out \(name)-ca.pem")
    try run(directory, "req \(curve) -subj /CN=\(host) -keyout \(name).key -out \(name).csr")
    try "subjectAltName=\(host.first!.isNumber ? "IP" : "DNS"):\(host)\n"
      .write(toFile: directory + "/\(name).ext", atomically: true, encoding: .utf8)
    try run(
      directory,
      "x509 -req -in \(name).csr -CA \(name)-ca.pem -CAkey \(name)-ca.key -days 2 -extfile \(name).ext -out \(name).pem"
    )
  }

  private static func run(_ directory: String, _ arguments: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Server.Failure(log: "openssl \(arguments)") }
  }
}
