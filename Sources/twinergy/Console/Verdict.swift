/// The last line of a command: whether all is well.
enum Verdict {
  static func good(_ sentence: String, json: Bool) {
    if json { return Console.note("good: \(sentence)") }
    Console.print(Paint.green.on("good: ") + sentence)
  }

  static func bad(_ sentence: String, json: Bool) {
    if json { return Console.note("bad: \(sentence)") }
    Console.print(Paint.red.on("bad: ") + sentence)
  }
}
