import Storage

/// The first place at which two logs are not the same.
public enum LogComparison {
  /// Leaves read at once.
  private static let chunk = 1024

  /// The index of the first leaf that differs or that one of the two does not have; nil where the logs are the same.
  ///
  /// Leaves are compared by their bytes: what a tile or a checkpoint says of them is not believed.
  public static func firstDifference(
    _ a: any LogSource, size sizeA: Int, _ b: any LogSource, size sizeB: Int
  ) throws(StorageError) -> Int? {
    let common = min(sizeA, sizeB)
    var next = 0
    while next < common {
      let range = next..<min(next + chunk, common)
      let (left, right) = (try a.leaves(range), try b.leaves(range))
      if let offset = left.indices.first(where: { left[$0] != right[$0] }) { return next + offset }
      next = range.upperBound
    }
    return sizeA == sizeB ? nil : common
  }
}
