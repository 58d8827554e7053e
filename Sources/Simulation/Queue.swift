/// What will happen, by time and, at one time, in the order of its cause: a binary heap.
struct Queue<Event> {
  private struct Item {
    var time: Int
    var number: Int
    var event: Event

    func precedes(_ other: Item) -> Bool { (time, number) < (other.time, other.number) }
  }

  private var items: [Item] = []
  private var number = 0

  mutating func add(_ event: Event, at time: Int) {
    items.append(Item(time: time, number: number, event: event))
    number += 1
    var child = items.count - 1
    while child > 0, items[child].precedes(items[(child - 1) / 2]) {
      items.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func next() -> (time: Int, event: Event)? {
    guard let first = items.first else { return nil }
    items.swapAt(0, items.count - 1)
    items.removeLast()
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < items.count }
      guard let child = children.min(by: { items[$0].precedes(items[$1]) }), items[child].precedes(items[parent])
      else { break }
      items.swapAt(parent, child)
      parent = child
    }
    return (first.time, first.event)
  }
}
