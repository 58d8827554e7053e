import Encoding
import Kernel
import Quantities

/// `flexibility.predicted`: by how much a neighbourhood can take less or more.
public struct FlexibilityPredicted: EventPayload, TableRow {
  /// The event's type.
  public static let type = "flexibility.predicted"
  /// The members.
  public static let members = Members(
    Self.init(area:first:less:more:), Member("area", \.area), Member("first", \.slots.first),
    Member(curve: "less", \.less), Member(curve: "more", \.more))

  /// The neighbourhood.
  public let area: AreaID
  /// The slots that the curves cover.
  public let slots: SlotRange
  /// What it can do without, in each slot.
  public let less: [Energy]
  /// What it can take besides, in each slot.
  public let more: [Energy]

  /// What the members say.
  public init(area: AreaID, first: Slot, less: [Energy], more: [Energy]) throws(JSONError) {
    self.area = area
    self.less = less
    self.more = more
    slots = try SlotRange(first, curves: less.count, more.count)
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}

/// `limit.violated`: an element of the grid is, or will be, beyond what its equipment bears.
public struct LimitViolated: EventPayload, TableRow {
  /// The event's type.
  public static let type = "limit.violated"
  /// The members.
  public static let members = Members(
    Self.init(area:element:slot:quantity:bound:value:limit:), Member("area", \.area), Member("element", \.element),
    Member("slot", \.slot), Member("quantity", \.quantity), Member("bound", \.bound), Member("value", \.value),
    Member("limit", \.limit))

  /// The neighbourhood.
  public let area: AreaID
  /// The line, transformer or node.
  public let element: String
  /// When.
  public let slot: Slot
  /// Of what.
  public let quantity: GridQuantity
  /// Which limit.
  public let bound: Bound
  /// What is there, in the unit of the quantity.
  public let value: Measure<Thousandth>
  /// What may be.
  public let limit: Measure<Thousandth>

  /// What the members say.
  public init(
    area: AreaID, element: String, slot: Slot, quantity: GridQuantity, bound: Bound, value: Measure<Thousandth>,
    limit: Measure<Thousandth>
  ) {
    self.area = area
    self.element = element
    self.slot = slot
    self.quantity = quantity
    self.bound = bound
    self.value = value
    self.limit = limit
  }

  /// What tells rows apart.
  public var key: AreaID { area }
}
