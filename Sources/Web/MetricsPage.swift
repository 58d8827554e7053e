import Node
import Platform
import Quantities

/// The node's numbers in Prometheus's text format.
struct MetricsPage {
  let startup: Startup

  func answer() -> Answer {
    var text = PrometheusText()
    text.gauge("twinergy_up", "The process answers.", 1)
    let (state, verified) = verification
    text.gauge("twinergy_verification_state", "0 waiting, 1 running, 2 good, 3 bad.", state)
    text.gauge("twinergy_verified_leaves", "Leaves verified since the process started.", verified)
    let statistics = startup.node?.statistics
    if let statistics { text.add(statistics) }
    if let platform = startup.platform { text.add(platform, size: statistics?.size ?? 1) }
    return Answer(.metrics, .never, Array(text.text.utf8))
  }

  private var verification: (state: Int, verified: Int) {
    switch startup.verification {
    case .waiting: (0, 0)
    case .running(let done, _): (1, done)
    case .good(let size): (2, size)
    case .bad: (3, 0)
    }
  }
}

extension PrometheusText {
  fileprivate mutating func add(_ statistics: NodeStatistics) {
    gauge("twinergy_log_height", "Height of the last block.", statistics.height)
    gauge("twinergy_log_size", "Leaves of the log.", statistics.size)
    gauge("twinergy_log_time_seconds", "The last block's time since 1970.", statistics.time.seconds)
    gauge("twinergy_queue", "Submissions that wait.", statistics.queue)
    gauge("twinergy_halted", "1 when a block could not be written.", statistics.failure == nil ? 0 : 1)
    counter("twinergy_entries_total", "Entries accepted.", [([], statistics.accepted)])
    counter("twinergy_repeated_total", "Submissions of entries that the log had.", [([], statistics.repeated)])
    counter(
      "twinergy_refused_total", "Submissions refused, by code.",
      statistics.refused.sorted { $0.key < $1.key }.map { ([("code", $0.key)], $0.value) })
    add("twinergy_commit_seconds", "Time to write a block, fsync included.", statistics.commits)
    if let validator = statistics.validator { add(validator) }
  }

  private mutating func add(_ name: String, _ help: String, _ durations: NodeStatistics.Durations) {
    let bounds = zip(NodeStatistics.Durations.bounds, durations.counts)
    histogram(
      name, help, bounds.map { (Decimals.format($0, decimals: 6, least: 0), $1) }, count: durations.count,
      sum: Decimals.format(durations.sum, decimals: 6))
  }

  private mutating func add(_ validator: ValidatorStatistics) {
    gauge("twinergy_consensus_height", "The height that is being decided.", validator.height)
    gauge("twinergy_consensus_round", "Its round; 0 unless something is slow or gone.", validator.round)
    gauge("twinergy_consensus_missing_votes", "Votes that the present step lacks.", validator.missing.count)
    gauge("twinergy_consensus_final_size", "Leaves of the newest final checkpoint.", validator.final)
    gauge("twinergy_consensus_waiting", "Entries that wait for their place.", validator.waiting)
    gauge("twinergy_consensus_quorum", "1 while enough validators are heard of.", validator.hasQuorum ? 1 : 0)
    gauge("twinergy_consensus_watching", "1 while the validator does not vote yet.", validator.isWatching ? 1 : 0)
    gauge("twinergy_consensus_guilty", "Validators that have contradicted themselves.", validator.guilty.count)
    let silences = validator.peers.map { ([("validator", $0.name)], $0.silence ?? -1) }
    labelled("twinergy_peer_silence_seconds", "Seconds since a validator was heard of; -1 for never.", silences)
    counter("twinergy_packets_dropped_total", "Packets that were dropped, coming or going.", [([], validator.dropped)])
    counter("twinergy_packets_malformed_total", "Packets that could not be read.", [([], validator.malformed)])
    add("twinergy_validator_write_seconds", "Time to write votes and blocks, fsync included.", validator.writes)
  }
}

extension PrometheusText {
  fileprivate mutating func add(_ platform: PlatformStatistics, size: Int) {
    gauge("twinergy_broker_connected", "1 while both connections to the broker stand.", platform.isConnected ? 1 : 0)
    gauge("twinergy_broker_lag", "Leaves whose messages the broker does not have yet.", max(0, size - platform.told))
    counter("twinergy_broker_breaks_total", "Connections to the broker that broke.", [([], platform.breaks)])
    counter("twinergy_messages_total", "Messages that the broker has confirmed.", [([], platform.messages)])
    counter("twinergy_requests_total", "Requests answered, refusals included.", [([], platform.requests)])
    counter(
      "twinergy_requests_refused_total", "Requests refused, by code.",
      platform.refused.sorted { $0.key < $1.key }.map { ([("code", $0.key)], $0.value) })
  }
}

/// Prometheus's text exposition format, version 0.0.4.
struct PrometheusText {
  private(set) var text = ""

  mutating func gauge(_ name: String, _ help: String, _ value: Int) {
    head(name, help, "gauge")
    text += "\(name) \(value)\n"
  }

  mutating func counter(_ name: String, _ help: String, _ values: [(labels: [(String, String)], value: Int)]) {
    head(name, help, "counter")
    lines(name, values)
  }

  mutating func labelled(_ name: String, _ help: String, _ values: [(labels: [(String, String)], value: Int)]) {
    head(name, help, "gauge")
    lines(name, values)
  }

  private mutating func lines(_ name: String, _ values: [(labels: [(String, String)], value: Int)]) {
    for (labels, value) in values {
      let list = labels.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
      text += "\(name)\(list.isEmpty ? "" : "{\(list)}") \(value)\n"
    }
  }

  mutating func histogram(
    _ name: String, _ help: String, _ counts: [(bound: String, count: Int)], count: Int, sum: String
  ) {
    head(name, help, "histogram")
    var total = 0
    for (bound, count) in counts {
      total += count
      text += "\(name)_bucket{le=\"\(bound)\"} \(total)\n"
    }
    text += "\(name)_bucket{le=\"+Inf\"} \(count)\n\(name)_sum \(sum)\n\(name)_count \(count)\n"
  }

  private mutating func head(_ name: String, _ help: String, _ type: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }
}
