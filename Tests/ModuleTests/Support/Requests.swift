import Community
import Encoding
import Kernel
import Quantities
import Village

/// Every question that a module can be asked, with an example as the asker writes it.
struct Question: CustomStringConvertible {
  let sender: String
  let receiver: String
  let operation: String
  /// The payload without `operation` and `keyId`.
  let members: String
  /// What the answer must contain; nil where the question is answered by events.
  let answer: String

  init(_ sender: String, _ receiver: String, _ operation: String, _ members: String, _ answer: String) {
    (self.sender, self.receiver, self.operation) = (sender, receiver, operation)
    (self.members, self.answer) = (members, answer)
  }

  var description: String { "\(sender).request.\(receiver) \(operation)" }

  /// The request as it arrives.
  func request(_ members: String? = nil) throws -> Request {
    let rest = (members ?? self.members).isEmpty ? "" : "," + (members ?? self.members)
    let payload = "{\"operation\":\"\(operation)\",\"keyId\":\"EUND/efg3G\"\(rest)}"
    return try Request(subject: "\(sender).request.\(receiver)", payload: Array(payload.utf8))
  }
}

/// The questions, asked after the example day unless said otherwise.
enum Requests {
  private static let period =
    #""Period":[{"start":"2026-06-18T00:00:00.000Z","end":"2026-06-18T00:30:00.000Z"}]"#
  private static let range = #""from":"2026-06-18T00:00:00.000Z","to":"2026-06-18T01:00:00.000Z""#

  static let all: [Question] = [
    Question("M1", "M4", "indoor temperature", #""params":{"userID":"anna","period":"48h"}"#, "[23.4,22,23]"),
    Question("M1", "M4", "indoor_humidity", #""params":{"userID":"anna","period":"2d"}"#, "[45,45.5,46]"),
    Question("M8", "M4", "get_gener_forecast", #""assetId":"anna.pv","# + period, #""forecast":[0.12]"#),
    Question(
      "M8", "M4", "get_smart-meter_load", #""meteringPointId":"anna.meter","# + period, #""energyMeter":[0.575]"#),
    Question(
      "M8", "M4", "get_current_load", #""timestamp":"2026-06-18T00:20:00.000Z","device":"anna.meter","smart":true"#,
      #""load":1.18"#),
    Question(
      "M8", "M4", "get_smartDevices_schedules",
      #""userID":"bert","device":"bert.washer","Period":[{"start":"2026-06-18T10:00:00.000Z","end":"2026-06-18T11:00:00.000Z"}]"#,
      #""curve":[1.5]"#),
    Question(
      "M8", "M5", "get_EV_chargingStatus", #""charging_station":"station1","vehicle":"carl.car","V2G":false"#,
      #""eImported":1.5"#),
    Question("M8", "M5", "get_BESS_status", #""BESSid":"anna.battery""#, #""eCharge":0.5,"eDischarge":0}"#),
    Question("M8", "M4", "get_neighbours", #""params":{"user":"anna"}"#, #"["bert"]"#),
    Question("M9", "M4", "get_energy_used", #""params":{"meter":"anna.meter","# + range + "}", #""value":0.28"#),
    Question("M6", "M4", "get_monitor_data", #""meter":"anna.meter","# + range, #""value":0.295"#),
    Question("M9", "M4", "get_storage_capacity", #""params":{"device":"anna.battery"}"#, "10"),
    Question("M9", "M4", "get_load_pattern", #""params":{"meter":"anna.meter"}"#, "[0.28,0.295,0,"),
    Question("M2", "M1", "get_preferences", #""params":{"user":"anna"}"#, #""willingness":75"#),
    Question("M2", "M1", "get_comfort_level", #""params":{"user":"anna"}"#, #""value":-0.5"#),
    Question("M5", "M2", "get_flexibility", #""params":"building=anna.house""#, #""value":0.05"#),
    Question("M3", "M2", "get_forecast", #""params":{"building":"anna.house","period":"24h"}"#, "[]"),
    Question("M5", "M3", "get_flexibility", #""params":{"neighbourhood":"hagedorn"}"#, #""value":0.9"#),
    Question("M6", "M5", "get_sub_net_state", #""params":{"area":"hagedorn"}"#, #""condition":"strained""#),
    Question("M4", "M5", "get_building_forecast", #""params":{"building":"anna.house"}"#, #""value":0.36"#),
    Question("M3", "M7", "get_bookings", #""params":{"CP":"cp1"}"#, #""booking":"bk9""#),
    Question(
      "M8", "M7", "get_free_stations", #""start":"2026-06-18T00:00:00.000Z","end":"2026-06-18T01:00:00.000Z""#,
      #""CS":"station1","CP":"cp1","power":22,"V2G":true"#),
    Question("M4", "M8", "get_points", #""params":{"user":"anna"}"#, #""points":100"#),
    Question("M4", "M8", "get_settings", #""params":{"user":"anna"}"#, #""setting":"notify_battery_soc""#),
    Question("M4", "M9", "authenticate", "", #""roles":["gateway","m7","operator"]"#),
    Question("M4", "M9", "get_balance", #""params":{"id":"anna","kind":"prosumer"}"#, #""tokens_wh":500"#),
    Question("M7", "M9", "create_account", #""params":{"prosumer":"emil"}"#, #""prosumer":"emil""#),
    Question("M7", "M9", "close_account", #""params":{"prosumer":"bert"}"#, #""prosumer":"bert""#),
    Question(
      "M7", "M9", "register_device",
      #""params":{"device":"bert.plug","kind":"appliance","owners":[{"party":"bert","share":1000000}]}"#,
      #""device":"bert.plug""#),
    Question("M7", "M9", "remove_device", #""params":{"device":"bert.washer"}"#, #""device":"bert.washer""#),
    Question(
      "M7", "M9", "register_consortium", #""params":{"consortium":"club","members":["carl"],"devices":[]}"#,
      #""consortium":"club""#),
    Question(
      "M7", "M9", "consortium_add", #""params":{"consortium":"coop","members":["carl"]}"#, #""consortium":"coop""#),
    Question(
      "M7", "M9", "consortium_remove", #""params":{"consortium":"coop","members":["bert"]}"#, #""consortium":"coop""#),
    Question(
      "M7", "M9", "process_transaction",
      #""params":{"tx":"d7","prosumer":"anna","device":"anna.pv","units":"0.25","price":"0.15","destination":"bert","start":"2026-06-18T20:00:00.000Z"}"#,
      #""tx":"d7","priceHash":""#),
    Question("M4", "M7", "cancel_booking", #""params":{"booking":"bk9"}"#, #""booking":"bk9""#),
    Question(
      "M4", "M7", "create_booking",
      #""params":{"booking":"bk3","CP":"cp1","vehicle":"carl.car","start":"2026-06-18T20:00:00.000Z","end":"2026-06-18T21:00:00.000Z"}"#,
      #""booking":"bk3""#),
    Question("M4", "M7", "get_session", #""params":{"session":"s9"}"#, #""session":"s9""#),
    Question("M4", "M9", "accept_transaction", #""params":{"tx":"d9"}"#, #""tx":"d9""#),
    Question(
      "M4", "M9", "get_history", #""params":{"id":"anna","kind":"prosumer","# + range + "}", "history party:anna"),
  ]

  /// The community in which they are asked: the example day before its last account closes, with a booking, a session
  /// and an offer that still stand.
  static func village() throws -> Village {
    let day = try ExampleDay()
    let end = day.steps.firstIndex { $0.type == "account.closed" }!
    var village = try day.play(until: end)
    let slot = Village.midnight + 36
    village.time = try Village.slot(slot).start
    let (soon, later) = (village.time.milliseconds + 3_600_000, village.time.milliseconds + 7_200_000)
    try village.say(
      "m7",
      """
      {"type":"session.started","session":"s9","point":"cp1","vehicle":"carl.car","first":\(slot),\
      "curve":{"imported":[1500],"exported":[0]}}
      """)
    try village.say(
      "carl",
      """
      {"type":"booking.made","booking":"bk9","point":"cp1","vehicle":"carl.car","start":\(soon),"end":\(later)}
      """)
    try village.say(
      "anna",
      """
      {"type":"deal.offered","lem":"lem","deal":"d9","seller":"anna","buyer":"bert","slot":\(Village.midnight + 80),\
      "energy":700,"price":150000}
      """)
    return village
  }
}
