import Foundation

/// The standard normal distribution.
enum Normal {
  /// The density at `z`.
  static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

  /// The probability of at most `z`.
  static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// The value that is not exceeded with probability `p`, 0 < p < 1.
  static func quantile(_ p: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    while high - low > 1e-13 * max(1, abs(low)) {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if cumulative(middle) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// An amount that is normally distributed, or certain where its deviation is zero.
struct NormalAmount {
  let mean: Double
  let deviation: Double

  /// The probability of more than `bound`; one half where it is certain to be just that.
  func exceeding(_ bound: Double) -> Double {
    guard deviation > 0 else { return mean == bound ? 0.5 : mean > bound ? 1 : 0 }
    return Normal.cumulative((mean - bound) / deviation)
  }

  /// The expectation of what exceeds `bound`, E[(N − bound)⁺].
  func excess(over bound: Double) -> Double {
    guard deviation > 0 else { return max(mean - bound, 0) }
    let z = (mean - bound) / deviation
    return deviation * Normal.density(z) + (mean - bound) * Normal.cumulative(z)
  }

  /// The first three moments of this amount kept within `range`: what lies outside counts as its end.
  func moments(within range: ClosedRange<Double>) -> (first: Double, second: Double, third: Double) {
    let (low, high) = (range.lowerBound, range.upperBound)
    guard deviation > 0 else {
      let value = min(max(mean, low), high)
      return (value, value * value, value * value * value)
    }
    let (a, b) = ((low - mean) / deviation, (high - mean) / deviation)
    let (densityA, densityB) = (Normal.density(a), Normal.density(b))
    let (below, above) = (Normal.cumulative(a), Normal.cumulative(-b))
    // Moments of a standard normal variable between a and b.
    let zeroth = 1 - below - above
    let one = densityA - densityB
    let two = zeroth + a * densityA - b * densityB
    let three = 2 * one + a * a * densityA - b * b * densityB
    let (m, s) = (mean, deviation)
    return (
      m * zeroth + s * one + low * below + high * above,
      m * m * zeroth + 2 * m * s * one + s * s * two + low * low * below + high * high * above,
      m * m * m * zeroth + 3 * m * m * s * one + 3 * m * s * s * two + s * s * s * three + low * low * low * below
        + high * high * high * above
    )
  }
}
