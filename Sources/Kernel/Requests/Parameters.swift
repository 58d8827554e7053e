import Encoding
import Quantities

/// What a request is about: the members of an object, or a text such as `period=24h` (Table 19).
public struct Parameters: Sendable {
  private enum Form: Sendable {
    case object(JSONValue)
    case text([String: String])
  }

  /// The most periods of a request.
  public static let maximumPeriods = 100

  private let form: Form

  init(_ value: JSONValue) throws(JSONError) {
    if let text = try? value.string() {
      var pairs: [String: String] = [:]
      for part in text.split(whereSeparator: { $0 == "," || $0 == "&" || $0 == ";" || $0 == " " }) {
        let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2, pairs.updateValue(String(pair[1]), forKey: String(pair[0])) == nil else {
          throw JSONError(.value, "in \"params\": \(quoted(text)) is not name=value, each name once")
        }
      }
      form = .text(pairs)
    } else {
      _ = try value.fields()
      form = .object(value)
    }
  }

  private func member(_ name: String) -> JSONValue? {
    guard case .object(let value) = form, var fields = try? value.fields() else { return nil }
    return fields.optional(named: name).flatMap { $0.isNull ? nil : $0 }
  }

  private static func missing(_ name: String) -> Rejection {
    Rejection(.malformed, "parameter_missing", "the request has no \"\(name)\"")
  }

  /// The text called `name`, where it is there.
  public func textIfPresent(_ name: String) throws(Rejection) -> String? {
    if case .text(let pairs) = form { return pairs[name] }
    return try valueIfPresent(name)
  }

  /// The text called `name`.
  public func text(_ name: String) throws(Rejection) -> String {
    guard let text = try textIfPresent(name) else { throw Self.missing(name) }
    return text
  }

  /// The value called `name`, where it is there.
  public func valueIfPresent<Value: MemberValue>(_ name: String) throws(Rejection) -> Value? {
    guard let value = member(name) else { return nil }
    do {
      return try Value.read(value)
    } catch {
      throw Rejection(.malformed, error.code, "in \"\(name)\": \(error.sentence)")
    }
  }

  /// The value called `name`.
  public func value<Value: MemberValue>(_ name: String) throws(Rejection) -> Value {
    guard let value: Value = try valueIfPresent(name) else { throw Self.missing(name) }
    return value
  }

  /// The identifier called `name`.
  public func identifier<Kind>(_ name: String) throws(Rejection) -> Identifier<Kind> {
    let text = try text(name)
    do {
      return try Identifier(text)
    } catch {
      throw Rejection(.malformed, error.code, "in \"\(name)\": \(error.sentence)")
    }
  }

  /// The RFC 3339 time called `name`.
  public func time(_ name: String) throws(Rejection) -> Instant {
    let text = try text(name)
    do {
      return try Instant(text)
    } catch {
      throw Rejection(.malformed, error.code, "in \"\(name)\": \(error.sentence)")
    }
  }

  /// The exact decimal called `name`, a text such as "1.5", counted in 10^−`decimals`.
  public func decimal(_ name: String, decimals: Int) throws(Rejection) -> Int {
    let text = try text(name)
    guard let units = Decimals.parse(text, decimals: decimals) else {
      throw Rejection(
        .malformed, "parameter_invalid", "in \"\(name)\": \(quoted(text)) has not up to \(decimals) decimals")
    }
    return units
  }

  /// How long `period` is: "24h", "30m" or "7d"; 24 hours where it is not there.
  public func period() throws(Rejection) -> Int {
    guard let text = try textIfPresent("period") else { return 24 * 3_600_000 }
    let units: [Character: Int] = ["m": 60_000, "h": 3_600_000, "d": 86_400_000]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Decimals.parse(text.dropLast(), decimals: 0),
      (1...10_000).contains(count)
    else {
      throw Rejection(.malformed, "parameter_invalid", "in \"period\": \(quoted(text)) is not a period such as 24h")
    }
    return count * unit
  }

  /// The periods called `Period`: an array of `{"start","end"}`.
  public func periods() throws(Rejection) -> [Range<Instant>] {
    guard let value = member("Period") else { throw Self.missing("Period") }
    do throws(JSONError) {
      let periods = try value.array { (value) throws(JSONError) in
        var fields = try value.fields()
        let (start, end) = (try fields.string("start"), try fields.string("end"))
        try fields.finish()
        let from = try asJSON { () throws(QuantityError) in try Instant(start) }
        let to = try asJSON { () throws(QuantityError) in try Instant(end) }
        guard from < to else { throw JSONError(.value, "a period ends before it starts") }
        return from..<to
      }
      guard (1...Self.maximumPeriods).contains(periods.count) else {
        throw JSONError(.value, "a request has 1 to \(Self.maximumPeriods) periods, not \(periods.count)")
      }
      return periods
    } catch {
      throw Rejection(.malformed, error.code, "in \"Period\": \(error.sentence)")
    }
  }
}
