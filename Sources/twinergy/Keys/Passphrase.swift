import Cryptography
import Foundation

/// Where the passphrase of key files comes from: never the command line, where others would see it.
enum Passphrase {
  /// The name of systemd's credential.
  static let credential = "twinergy.passphrase"
  private static let longest = 4096

  /// The passphrase in `file`; else in systemd's credential; else as typed at the terminal.
  ///
  /// - Parameter isNew: whether a person is asked twice.
  static func read(file: String?, isNew: Bool = false) throws -> [UInt8] {
    if let file { return try read(path: file) }
    if let directory = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] {
      let path = "\(directory)/\(credential)"
      if FileManager.default.fileExists(atPath: path) { return try read(path: path) }
    }
    guard isatty(STDIN_FILENO) == 1 else {
      throw CryptoError.secretKey(
        "no passphrase: give --passphrase-file, the systemd credential \(credential), or a terminal to ask at")
    }
    let typed = ask("Passphrase: ")
    if isNew, ask("The same again: ") != typed { throw CryptoError.secretKey("the two passphrases differ") }
    return typed
  }

  /// The bytes of the file at `path` without the end of the last line.
  private static func read(path: String) throws -> [UInt8] {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CryptoError.secretKey("there is no readable passphrase file \(path)")
    }
    defer { try? handle.close() }
    var bytes = [UInt8](try handle.read(upToCount: longest + 1) ?? Data())
    guard bytes.count <= longest else { throw CryptoError.secretKey("\(path) is longer than any passphrase") }
    while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
    return bytes
  }

  /// Asks at the terminal, which does not show what is typed.
  private static func ask(_ prompt: String) -> [UInt8] {
    var before = termios()
    tcgetattr(STDIN_FILENO, &before)
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      Console.note("")
    }
    Console.draw(prompt)
    return Array((readLine() ?? "").utf8)
  }
}
