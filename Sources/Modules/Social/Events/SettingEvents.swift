import Encoding
import Kernel
import Quantities

/// What a ``SettingID`` names.
public enum SettingKind {}
/// A setting.
public typealias SettingID = Identifier<SettingKind>

/// One choice of a participant.
public struct Setting: MemberObject {
  /// The members.
  public static let members = Members(
    Self.init(setting:description:value:), Member("setting", \.setting), Member("description", \.description),
    Member("value", \.value))

  /// Its name.
  public let setting: SettingID
  /// In words.
  public let description: String
  /// What was chosen.
  public let value: String

  /// What the members say.
  public init(setting: SettingID, description: String, value: String) {
    self.setting = setting
    self.description = description
    self.value = value
  }
}

/// `settings.chosen`: a participant chooses what it is told of.
public struct SettingsChosen: EventPayload, TableRow {
  /// The event's type.
  public static let type = "settings.chosen"
  /// The members.
  public static let members = Members(
    Self.init(party:settings:), Member("party", \.party), Member("settings", \.settings, count: 0...32))

  /// Who.
  public let party: PartyID
  /// All its choices.
  public let settings: [Setting]

  /// What the members say.
  public init(party: PartyID, settings: [Setting]) {
    self.party = party
    self.settings = settings
  }

  /// What tells rows apart.
  public var key: PartyID { party }
}
