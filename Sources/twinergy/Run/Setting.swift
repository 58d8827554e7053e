/// What `twinergy node run` can be told: by a flag, an environment variable, or the configuration file.
enum Setting: String, CaseIterable {
  case data
  case keys
  case passphraseFile = "passphrase-file"
  case http

  /// Whether it names a place of secrets.
  var leadsToSecrets: Bool { self == .keys || self == .passphraseFile }

  /// The environment variable, `TWINERGY_PASSPHRASE_FILE`.
  var variable: String { "TWINERGY_" + rawValue.uppercased().replacing("-", with: "_") }
}
