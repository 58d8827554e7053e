/// A binary heap of nodes by distance; a node whose distance shrank stands in it twice.
struct NodeQueue {
  private var heap: [(distance: Int128, node: Int)] = []

  mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

  mutating func insert(_ node: Int, at distance: Int128) {
    heap.append((distance, node))
    var child = heap.count - 1
    while child > 0, heap[child].distance < heap[(child - 1) / 2].distance {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popFirst() -> (node: Int, distance: Int128)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.node, first.distance)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1].distance < heap[child].distance { child += 1 }
      guard heap[child].distance < heap[parent].distance else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
