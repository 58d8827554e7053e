import Encoding
import Foundation

/// Settings from everywhere under one precedence: flag, then environment, then file, then default.
struct Settings {
  /// A value and where it came from, for telling people.
  struct Value: Equatable {
    var text: String
    var origin: String
  }

  private var values: [Setting: Value] = [:]

  /// - Parameters:
  ///   - flags: what the command line says.
  ///   - environment: the process's variables.
  ///   - file: the bytes of the configuration file and its path, where there is one.
  init(flags: [Setting: String], environment: [String: String], file: (bytes: [UInt8], path: String)?) throws {
    if let file {
      for (setting, text) in try Self.read(file.bytes, file.path) {
        values[setting] = Value(text: text, origin: file.path)
      }
    }
    for setting in Setting.allCases {
      if let text = environment[setting.variable], !text.isEmpty {
        values[setting] = Value(text: text, origin: setting.variable)
      }
      if let text = flags[setting] { values[setting] = Value(text: text, origin: "--\(setting.rawValue)") }
    }
  }

  /// The value of `setting`, if anybody gave one.
  subscript(_ setting: Setting) -> Value? { values[setting] }

  /// The value of `setting`, which somebody must have given.
  func required(_ setting: Setting) throws -> String {
    guard let value = values[setting] else {
      throw UsageError(
        "give --\(setting.rawValue), \(setting.variable), or \"\(setting.rawValue)\" in the --config file")
    }
    return value.text
  }

  private static func read(_ bytes: [UInt8], _ path: String) throws -> [(Setting, String)] {
    func parse() throws(JSONError) -> [(Setting, String)] {
      var fields = try JSONDocument(bytes).root.fields()
      var found: [(Setting, String)] = []
      for setting in Setting.allCases {
        guard let value = fields.optional(named: setting.rawValue) else { continue }
        do {
          found.append((setting, try value.string()))
        } catch {
          throw JSONError(error.kind, "in \"\(setting.rawValue)\": \(error.sentence)")
        }
      }
      try fields.finish()
      return found
    }
    do {
      return try parse()
    } catch {
      throw UsageError("\(path): \(error.sentence)")
    }
  }
}
