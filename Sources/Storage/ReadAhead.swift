import Log

/// The leaves of a log in their order, read and prepared on all cores while the caller works on those before.
///
/// What needs no order, such as taking lines apart, goes into the preparation; what does stays with the caller.
public struct ReadAhead<Prepared: Sendable> {
  /// Leaves read at once.
  public static var chunk: Int { 8 * TilePath.fullWidth }
  /// How many chunks are under way: while the disk gives one, another is prepared.
  private static var ahead: Int { 2 }

  private let read: @Sendable (Range<Int>) -> Result<[Prepared], StorageError>
  private let end: Int
  private var start: Int
  private var reading: [Meanwhile<Result<[Prepared], StorageError>>] = []

  /// Begins to read the leaves of `range` of `source`.
  public init(
    _ source: any LogSource, _ range: Range<Int>,
    prepare: @escaping @Sendable (_ index: Int, _ leaf: [UInt8]) -> Prepared
  ) {
    read = { range in
      do throws(StorageError) {
        let leaves = try source.leaves(range)
        return .success(concurrently(leaves) { offset, leaf in prepare(range.lowerBound + offset, leaf) })
      } catch {
        return .failure(error)
      }
    }
    (start, end) = (range.lowerBound, range.upperBound)
    for _ in 0..<Self.ahead { readOn() }
  }

  private mutating func readOn() {
    let first = start + reading.count * Self.chunk
    guard first < end else { return }
    let range = first..<min(first + Self.chunk, end)
    reading.append(Meanwhile { [read] in read(range) })
  }

  /// The next leaves, with the index of the first; nil when all were given.
  public mutating func next() throws(StorageError) -> (first: Int, leaves: [Prepared])? {
    guard let next = reading.first else { return nil }
    let (first, leaves) = (start, try next.wait().get())
    reading.removeFirst()
    start += leaves.count
    readOn()
    return (first, leaves)
  }
}
