import Encoding
import Quantities

/// Values by slot, the newest ``maximumCount`` of them: two days of what a device measured. Slots only rise.
public struct SlotSeries<Value: MemberValue>: MemberObject {
  /// The most values that are kept: two market days of 96 slots.
  public static var maximumCount: Int { 192 }

  /// The members.
  public static var members: Members<SlotSeries, [Slot], [Value]> {
    Members(
      { (slots: [Slot], values: [Value]) throws(JSONError) in
        guard slots.count == values.count, slots.count <= maximumCount,
          zip(slots, slots.dropFirst()).allSatisfy({ $0.number < $1.number })
        else { throw JSONError(.value, "a series has one value for each of its rising slots") }
        return SlotSeries(slots: slots, values: values)
      }, Member("slots", \.slots), Member("values", \.values))
  }

  /// The slots, rising.
  public private(set) var slots: [Slot]
  /// One value a slot.
  public private(set) var values: [Value]

  /// No values.
  public init() { (slots, values) = ([], []) }

  private init(slots: [Slot], values: [Value]) { (self.slots, self.values) = (slots, values) }

  /// Whether `range` lies wholly behind what is known.
  public func canAppend(_ range: SlotRange) -> Bool { slots.last.map { $0.number < range.first.number } ?? true }

  /// Appends `values`, one for each slot of `range`, and forgets the oldest beyond ``maximumCount``.
  public mutating func append(_ range: SlotRange, _ values: [Value]) {
    precondition(canAppend(range) && range.count == values.count, "a series only rises")
    slots += range
    self.values += values
    let excess = slots.count - Self.maximumCount
    if excess > 0 {
      slots.removeFirst(excess)
      self.values.removeFirst(excess)
    }
  }

  /// The values of the slots that begin in `period`.
  public func values(in period: Range<Instant>) -> [Value] {
    zip(slots, values).filter { period.contains($0.0.start) }.map(\.1)
  }

  /// The value of the slot that contains `instant`.
  public func value(at instant: Instant) -> Value? {
    slots.lastIndex { $0.start <= instant }.flatMap { instant < slots[$0].end ? values[$0] : nil }
  }
}
