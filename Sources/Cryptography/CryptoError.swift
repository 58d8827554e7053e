import Encoding

/// Why bytes are not a key.
public enum CryptoError: Fault, Equatable {
  /// The public key is not canonical, has small order, or is not on the curve.
  case publicKey(String)
  /// The secret key, its file or its passphrase is wrong.
  case secretKey(String)

  /// `public_key_invalid` or `secret_key_invalid`.
  public var code: String {
    switch self {
    case .publicKey: "public_key_invalid"
    case .secretKey: "secret_key_invalid"
    }
  }

  /// What was wrong.
  public var sentence: String {
    switch self {
    case .publicKey(let what), .secretKey(let what): what
    }
  }
}
