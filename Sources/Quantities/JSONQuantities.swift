import Encoding

extension JSONError {
  /// The same refusal, told as one of a JSON value.
  public init(_ error: QuantityError) { self.init(.value, error.sentence) }
}

/// Runs `body`, telling its refusal as one of a JSON value.
@inlinable
public func asJSON<Value>(_ body: () throws(QuantityError) -> Value) throws(JSONError) -> Value {
  do {
    return try body()
  } catch {
    throw JSONError(error)
  }
}

extension JSONValue {
  /// The identifier that this string is.
  @inlinable
  public func identifier<Kind>() throws(JSONError) -> Identifier<Kind> {
    let text = try string()
    return try asJSON { () throws(QuantityError) in try Identifier(text) }
  }

  /// The amount that this decimal string is, in n-units.
  public func money() throws(JSONError) -> Money {
    let text = try string()
    guard let nanos = Int(text), String(nanos) == text, nanos != .min else {
      throw JSONError(.value, "\(quoted(text)) is not a whole number of n-units")
    }
    return Money(nanos: nanos)
  }

  /// The slot of this number.
  public func slot() throws(JSONError) -> Slot {
    let number = try integer()
    return try asJSON { () throws(QuantityError) in try Slot(number) }
  }

  /// The price of this many µ-units per kWh, 0 … ``Price/maximum``.
  public func price() throws(JSONError) -> Price {
    try Self.price(try integer())
  }

  /// The amount of this many Wh, 0 … ``Energy/maximumPerSlot``.
  public func energy() throws(JSONError) -> Energy {
    try Self.energy(try integer())
  }

  /// A curve of prices.
  public func prices() throws(JSONError) -> [Price] {
    var prices: [Price] = []
    for number in try integers() { prices.append(try Self.price(number)) }
    return prices
  }

  /// A curve of energies.
  public func energies() throws(JSONError) -> [Energy] {
    var energies: [Energy] = []
    for number in try integers() { energies.append(try Self.energy(number)) }
    return energies
  }

  private static func price(_ number: Int) throws(JSONError) -> Price {
    guard (0...Price.maximum.units).contains(number) else {
      throw JSONError(.value, "\(number) µ-units/kWh is outside 0 … \(Price.maximum.units)")
    }
    return Price(units: number)
  }

  private static func energy(_ number: Int) throws(JSONError) -> Energy {
    guard (0...Energy.maximumPerSlot.units).contains(number) else {
      throw JSONError(.value, "\(number) Wh is outside 0 … \(Energy.maximumPerSlot.units)")
    }
    return Energy(units: number)
  }
}

extension JSONFields {
  /// The identifier called `name`.
  @inlinable
  public mutating func identifier<Kind>(_ name: StaticString) throws(JSONError) -> Identifier<Kind> {
    try read(name) { (value) throws(JSONError) in try value.identifier() }
  }

  /// The slot called `name`, by its number.
  public mutating func slot(_ name: StaticString) throws(JSONError) -> Slot {
    try read(name) { (value) throws(JSONError) in try value.slot() }
  }

  /// The time called `name`, in milliseconds since 1970.
  public mutating func instant(_ name: StaticString) throws(JSONError) -> Instant {
    let milliseconds = try integer(name)
    guard milliseconds >= 0, milliseconds < Slot.numbers.upperBound * Slot.milliseconds else {
      throw JSONError(.value, "in \"\(name)\": \(milliseconds) is not a time between 1970 and 9999")
    }
    return Instant(milliseconds: milliseconds)
  }

  /// The slots from member `first` on that the curve `count` elements long covers.
  public mutating func slots(first name: StaticString, count: Int) throws(JSONError) -> SlotRange {
    try read(name) { (value) throws(JSONError) in
      let first = try value.slot()
      return try asJSON { () throws(QuantityError) in try SlotRange(first, count: count) }
    }
  }
}

extension JSONWriter {
  /// Writes an identifier member.
  public mutating func field<Kind>(_ name: String, _ value: Identifier<Kind>) { field(name, value.text) }

  /// Writes a slot member, by its number.
  public mutating func field(_ name: String, _ value: Slot) { field(name, value.number) }

  /// Writes a member that counts units: Wh, W, µ-units/kWh or milliseconds.
  public mutating func field(_ name: String, _ value: some Quantity) { field(name, value.units) }

  /// Writes an amount of money as a decimal string of n-units, since it may exceed 2^53.
  public mutating func field(_ name: String, _ value: Money) { field(name, String(value.units)) }

  /// Writes a curve.
  public mutating func field(_ name: String, _ values: [some Quantity]) {
    field(name, values.lazy.map(\.units))
  }
}
