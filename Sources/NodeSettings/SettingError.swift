import Encoding

/// Why a node cannot be told what its settings say.
public struct SettingError: Fault {
  /// `usage`, as for all that a command is told.
  public let code = "usage"
  /// What is wrong, and in which setting.
  public let sentence: String

  /// The refusal of a setting, of which `sentence` tells what is wrong.
  public init(_ sentence: String) { self.sentence = sentence }
}
