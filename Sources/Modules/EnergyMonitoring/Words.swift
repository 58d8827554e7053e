import Encoding
import Kernel
import Quantities

/// Which way energy goes through a meter.
public enum Channel: String, Choice, Comparable {
  /// Taken.
  case imported = "import"
  /// Given.
  case exported = "export"

  /// Taken before given.
  public static func < (a: Self, b: Self) -> Bool { a == .imported && b == .exported }
}

/// Where a climate is.
public enum Place: String, Choice, Comparable {
  /// In the rooms.
  case indoor
  /// Outside.
  case outdoor

  /// In before out.
  public static func < (a: Self, b: Self) -> Bool { a == .indoor && b == .outdoor }
}

/// Whether an optimisation found an optimum.
public enum OptimizationStatus: String, Choice {
  /// It did.
  case solved = "SOLVED"
  /// It did not.
  case unsolved = "UNSOLVED"
}

/// A day of the week, as D7.1 section 5.4.2 works by them.
public enum Weekday: String, Choice {
  /// Monday.
  case monday = "MONDAY"
  /// Tuesday.
  case tuesday = "TUESDAY"
  /// Wednesday.
  case wednesday = "WEDNESDAY"
  /// Thursday.
  case thursday = "THURSDAY"
  /// Friday.
  case friday = "FRIDAY"
  /// Saturday.
  case saturday = "SATURDAY"
  /// Sunday.
  case sunday = "SUNDAY"
}

extension DayHours {
  /// Refuses hours that no day has.
  static func require(_ from: Int, _ to: Int) throws(JSONError) {
    guard (0..<24).contains(from), (1...24).contains(to), from < to else {
      throw JSONError(.value, "\(from) to \(to) are no hours of a day")
    }
  }
}
