/// What a seed makes of the world: how many validators, how many lie, and how the machines and the network fail.
public struct Scenario: Sendable {
  /// A guard that is taken out, to see the checker catch it.
  public enum Canary: Sendable {
    /// The disk keeps no votes.
    case noVotesOnDisk
    /// A validator that was set back to an old backup votes at once.
    case noWatching
  }

  /// The seed.
  public let seed: UInt64
  /// How many validators decide.
  public let validators: Int
  /// How many of them lie, the last ones.
  public let liars: Int
  /// Whether no more lie than the algorithm tolerates: fewer than a third.
  public var isTolerable: Bool { liars <= (validators - 1) / 3 }
  /// Whether the last validator takes the second's place while the log grows.
  public let isChanging: Bool
  /// The guard that is taken out.
  public let canary: Canary?

  /// Messages lost, in per mille.
  let loss: Int
  /// Messages that arrive twice, in per mille.
  let duplication: Int
  /// The longest way of a message, in milliseconds.
  let delay: Int
  /// Crashes at a step of a validator, in per mille.
  let crashes: Int
  /// How often the network falls into two parts, in per mille of seconds.
  let partitions: Int
  /// How far clocks are off, in milliseconds.
  let skew: Int
  /// The longest fsync, in milliseconds.
  let sync: Int
  /// When the faults stop, in milliseconds.
  let calm: Int
  /// How often an honest validator is set back to an old backup of its disk, in per mille of seconds: one at a time, and only
  /// where nobody lies, since until it is back it counts among those who may be wrong.
  let restorations: Int

  /// The world of `seed`.
  ///
  /// - Parameters:
  ///   - excess: how many lie beyond the third that the algorithm tolerates.
  ///   - isChanging: whether validators change; there are five machines then, and four decide.
  ///   - few: so many validators, of whom each is needed; nil for four or seven.
  ///   - canary: a guard to take out.
  public init(seed: UInt64, excess: Int = 0, isChanging: Bool = false, few: Int? = nil, canary: Canary? = nil) {
    var random = SplitMix64(seed: seed)
    self.seed = seed
    self.canary = canary
    self.isChanging = isChanging
    let isLarge = random.happens(100)
    validators = few ?? (isChanging ? 5 : isLarge ? 7 : 4)
    let tolerated = (validators - 1) / 3
    liars = excess > 0 ? tolerated + excess : tolerated == 0 || random.happens(250) ? 0 : random.pick(1...tolerated)
    loss = random.happens(300) ? 0 : random.pick(0...400)
    duplication = random.pick(0...200)
    delay = random.happens(500) ? random.pick(5...100) : random.pick(100...3000)
    crashes = random.happens(300) ? 0 : random.pick(1...25)
    partitions = random.happens(400) ? 0 : random.pick(50...400)
    skew = random.pick(0...4000)
    sync = random.happens(500) ? 2 : random.pick(2...200)
    calm = random.pick(8_000...25_000)
    restorations = liars == 0 && (canary == .noWatching || random.happens(500)) ? random.pick(20...200) : 0
  }
}
