import Encoding
import Kernel

/// Everything that can happen in transactive energy.
public enum TransactiveEvent: Event {
  /// A market begins.
  case lemOpened(LEMOpened)
  /// A party may trade.
  case accountOpened(AccountOpened)
  /// A party trades no more.
  case accountClosed(AccountClosed)
  /// The DSO's tariffs.
  case tariffPublished(TariffPublished)
  /// The operator's price forecast.
  case priceForecast(PriceForecast)
  /// A curve of limit orders.
  case orderPlaced(OrderPlaced)
  /// An order is withdrawn.
  case orderCancelled(OrderCancelled)
  /// Order books stand still.
  case gateClosed(GateClosed)
  /// An auction's result.
  case marketCleared(MarketCleared)
  /// What a meter measured.
  case readingRecorded(ReadingRecorded)
  /// Slots are paid.
  case slotSettled(SlotSettled)
  /// Tokens for energy sold.
  case tokenRewarded(TokenRewarded)

  /// All types.
  public static let types = [
    LEMOpened.type, AccountOpened.type, AccountClosed.type, TariffPublished.type, PriceForecast.type, OrderPlaced.type,
    OrderCancelled.type, GateClosed.type, MarketCleared.type, ReadingRecorded.type, SlotSettled.type,
    TokenRewarded.type,
  ]

  /// Reads the members of an event of `type`.
  public init(type: String, _ fields: inout JSONFields) throws(JSONError) {
    switch type {
    case OrderPlaced.type: self = .orderPlaced(try .init(&fields))
    case ReadingRecorded.type: self = .readingRecorded(try .init(&fields))
    case OrderCancelled.type: self = .orderCancelled(try .init(&fields))
    case LEMOpened.type: self = .lemOpened(try .init(&fields))
    case AccountOpened.type: self = .accountOpened(try .init(&fields))
    case AccountClosed.type: self = .accountClosed(try .init(&fields))
    case TariffPublished.type: self = .tariffPublished(try .init(&fields))
    case PriceForecast.type: self = .priceForecast(try .init(&fields))
    case GateClosed.type: self = .gateClosed(try .init(&fields))
    case MarketCleared.type: self = .marketCleared(try .init(&fields))
    case SlotSettled.type: self = .slotSettled(try .init(&fields))
    case TokenRewarded.type: self = .tokenRewarded(try .init(&fields))
    default: preconditionFailure("\(type) is not one of transactive energy's events")
    }
  }

  private var payload: any EventPayload {
    switch self {
    case .lemOpened(let payload): payload
    case .accountOpened(let payload): payload
    case .accountClosed(let payload): payload
    case .tariffPublished(let payload): payload
    case .priceForecast(let payload): payload
    case .orderPlaced(let payload): payload
    case .orderCancelled(let payload): payload
    case .gateClosed(let payload): payload
    case .marketCleared(let payload): payload
    case .readingRecorded(let payload): payload
    case .slotSettled(let payload): payload
    case .tokenRewarded(let payload): payload
    }
  }

  /// This event's type.
  public var type: String { Swift.type(of: payload).type }

  /// Writes the members.
  public func write(to writer: inout JSONWriter) { payload.write(to: &writer) }
}
