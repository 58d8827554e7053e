import Foundation
import Quantities

/// A zone of the tz database with the rule that it follows from 2024 to 2030.
struct Zone: CustomStringConvertible, Sendable {
  let name: String
  let text: String

  var description: String { name }
  var rule: TimeZoneRule { get throws { try TimeZoneRule(text) } }

  init(_ name: String, _ text: String) { (self.name, self.text) = (name, text) }

  /// One of each kind: north, south, west, east, half hours, no summer time, winter time instead of summer time, changes
  /// at midnight and on the evening before.
  static let all = [
    Zone("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"), Zone("Europe/Rome", "CET-1CEST,M3.5.0,M10.5.0/3"),
    Zone("Europe/London", "GMT0BST,M3.5.0/1,M10.5.0"), Zone("Europe/Athens", "EET-2EEST,M3.5.0/3,M10.5.0/4"),
    Zone("Europe/Dublin", "IST-1GMT0,M10.5.0,M3.5.0/1"), Zone("Atlantic/Azores", "<-01>1<+00>,M3.5.0/0,M10.5.0/1"),
    Zone("America/New_York", "EST5EDT,M3.2.0,M11.1.0"), Zone("America/Havana", "CST5CDT,M3.2.0/0,M11.1.0/1"),
    Zone("America/Santiago", "<-04>4<-03>,M9.1.6/24,M4.1.6/24"), Zone("Asia/Beirut", "EET-2EEST,M3.5.0/0,M10.5.0/0"),
    Zone("Asia/Kathmandu", "<+0545>-5:45"), Zone("Australia/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3"),
    Zone("Australia/Lord_Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"),
    Zone("Pacific/Chatham", "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45"), Zone("Etc/UTC", "UTC0"),
  ]
}
