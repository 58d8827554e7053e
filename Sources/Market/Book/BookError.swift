import Encoding

/// Why a book refused a request; the book is unchanged.
public enum BookError: Fault, Equatable {
  /// The order's price is outside the tariffs of the book.
  case price(String)
  /// The book holds no such order: it was filled, cancelled, or never there.
  case unknownOrder
  /// As many orders rest in the book as it may hold.
  case full(String)

  /// `price_out_of_bounds`, `order_unknown` or `book_full`.
  public var code: String {
    switch self {
    case .price: "price_out_of_bounds"
    case .unknownOrder: "order_unknown"
    case .full: "book_full"
    }
  }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .unknownOrder: "the book holds no such order"
    case .price(let what), .full(let what): what
    }
  }
}
