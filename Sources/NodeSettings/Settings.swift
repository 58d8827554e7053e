import Encoding

/// Settings from everywhere under one precedence: flag, then environment, then file, then default.
public struct Settings: Sendable {
  /// A value and where it came from, for telling people.
  public struct Value: Equatable, Sendable {
    /// What was given.
    public let text: String
    /// The flag, the variable, or the path of the file.
    public let origin: String
  }

  private var values: [Setting: Value] = [:]

  /// - Parameters:
  ///   - flags: what the command line says.
  ///   - environment: the process's variables.
  ///   - file: the bytes of the configuration file and its path, where there is one.
  public init(
    flags: [Setting: String], environment: [String: String], file: (bytes: [UInt8], path: String)?
  ) throws(SettingError) {
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
  public subscript(_ setting: Setting) -> Value? { values[setting] }

  /// The value of `setting`, which somebody must have given.
  public func required(_ setting: Setting) throws(SettingError) -> String {
    guard let value = values[setting] else {
      throw SettingError(
        "give --\(setting.rawValue), \(setting.variable), or \"\(setting.rawValue)\" in the --config file")
    }
    return value.text
  }

  private static func read(_ bytes: [UInt8], _ path: String) throws(SettingError) -> [(Setting, String)] {
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
      throw SettingError("\(path): \(error.sentence)")
    }
  }
}

extension Settings {
  /// Whether `setting` is `true`; it is not where nobody gave it.
  public func isTrue(_ setting: Setting) throws(SettingError) -> Bool {
    switch values[setting]?.text {
    case nil, "false": false
    case "true": true
    case let other?: throw SettingError("\(setting.rawValue) is true or false, not \(quoted(other))")
    }
  }

  /// What stands between the commas of `setting`, without the spaces around it; nothing where nobody gave it.
  public func list(_ setting: Setting) -> [String] {
    (values[setting]?.text.split(separator: ",") ?? []).compactMap { part in
      let inner = part.drop { $0 == " " }.reversed().drop { $0 == " " }
      return inner.isEmpty ? nil : String(inner.reversed())
    }
  }

  /// The whole number of `unit` that `setting` is; nil where nobody gave it.
  public func integer(
    _ setting: Setting, _ range: ClosedRange<Int>, of unit: String
  ) throws(SettingError) -> Int? {
    guard let text = values[setting]?.text else { return nil }
    guard let value = Int(text), range.contains(value), String(value) == text else {
      throw SettingError(
        "\(setting.rawValue) is \(range.lowerBound) to \(range.upperBound) \(unit), not \(quoted(text))")
    }
    return value
  }
}
