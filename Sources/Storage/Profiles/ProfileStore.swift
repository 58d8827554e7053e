import Cryptography
import Foundation
import GRDB

/// The profiles of a community's people in `profiles.sqlite` beside its log, readable by the owner of the file alone.
///
/// What is erased is gone from the file: deleted content is overwritten, the file is written anew, and the write-ahead
/// log is emptied. What a file system or a disk keeps of old blocks is beyond a program's reach: keep the directory on an
/// encrypted volume, and let old backups of the profiles go.
public struct ProfileStore: Sendable {
  /// A person's profile with what ties it to the log.
  public struct Record: Sendable {
    /// Who it is.
    public let profile: Profile
    /// The salt of its commitment.
    public let salt: [UInt8]

    /// What `participant.joined` carries.
    public var commitment: Digest { ProfileCommitment.digest(profile, salt: salt) }
  }

  /// The file's name in a data directory.
  public static let fileName = "profiles.sqlite"
  /// Marks the file as Twinergy's profiles: "TWPR" in ASCII.
  private static let applicationID = 0x5457_5052

  private let path: String
  private let database: DatabaseQueue

  /// Opens the profiles beside the log in `directory`, or makes them.
  public init(_ directory: String) throws(StorageError) {
    guard LogStore.exists(directory) else { throw .noLog("there is no log in \(directory)") }
    let path = "\(directory)/\(Self.fileName)"
    self.path = path
    // SQLite would make the file as the umask allows, and its companions like the file.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .failed("\(path): \(String(cString: strerror(errno)))") }
    fchmod(descriptor, 0o600)
    close(descriptor)
    database = try LogStore.attempt(path) {
      let database = try DatabaseQueue(path: path, configuration: Self.configuration)
      try database.write { try Self.prepare($0, path) }
      return database
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
          """)
    }
    return configuration
  }

  private static func prepare(_ db: Database, _ path: String) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if id == applicationID { return }
    let tables = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
    guard id == 0, tables == 0 else { throw StorageError.damaged("\(path) holds no profiles") }
    try db.execute(
      sql: """
        CREATE TABLE profiles (party TEXT PRIMARY KEY, salt BLOB NOT NULL, profile BLOB NOT NULL) WITHOUT ROWID;
        PRAGMA application_id = \(applicationID);
        """)
  }

  /// Keeps `profile` as that of `party`, which must have none.
  public func add(_ party: String, _ profile: Profile, salt: [UInt8]) throws(StorageError) -> Record {
    try LogStore.attempt(path) {
      try database.write { db in
        let isKept = try Bool.fetchOne(db, sql: "SELECT 1 FROM profiles WHERE party = ?", arguments: [party]) ?? false
        if isKept { throw StorageError.exists("\(party) has a profile already; erase it first") }
        try db.execute(
          sql: "INSERT INTO profiles VALUES (?, ?, ?)", arguments: [party, Data(salt), Data(profile.bytes)])
      }
    }
    return Record(profile: profile, salt: salt)
  }

  /// The profile of `party`, if there is one.
  public func record(_ party: String) throws(StorageError) -> Record? {
    try LogStore.attempt(path) {
      try database.read { db in
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM profiles WHERE party = ?", arguments: [party]) else {
          return nil
        }
        let salt = [UInt8](try row.decode(Data.self, forColumn: "salt"))
        let bytes = [UInt8](try row.decode(Data.self, forColumn: "profile"))
        guard salt.count == ProfileCommitment.saltLength, let profile = try? Profile(bytes) else {
          throw StorageError.damaged("\(path): the profile of \(party) cannot be read")
        }
        return Record(profile: profile, salt: salt)
      }
    }
  }

  /// Everybody who has a profile, sorted.
  public func parties() throws(StorageError) -> [String] {
    try LogStore.attempt(path) {
      try database.read { try String.fetchAll($0, sql: "SELECT party FROM profiles ORDER BY party") }
    }
  }

  /// Erases profile and salt of `party` from the file; answers whether there were any.
  ///
  /// When it returns, no file of the store holds a byte of them. It throws where another process keeps the store open.
  public func erase(_ party: String) throws(StorageError) -> Bool {
    try LogStore.attempt(path) {
      let erased = try database.write { db in
        try db.execute(sql: "DELETE FROM profiles WHERE party = ?", arguments: [party])
        return db.changesCount > 0
      }
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM")
        let isBusy = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[0] as Int } ?? 1
        guard isBusy == 0 else {
          throw StorageError.locked("\(path) is open elsewhere, so the erased bytes are still in it; erase again")
        }
      }
      return erased
    }
  }
}
