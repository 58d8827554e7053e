/// How far traded energy travels through the public grid, on which its fees depend.
public enum DistanceClass: String, Hashable, Sendable, CaseIterable {
  /// Behind one connection.
  case building
  /// Behind one feeder.
  case feeder
  /// Inside one local energy market.
  case community
  /// Between coupled local energy markets.
  case district
  /// From or to the grid at large.
  case grid
}
