import Foundation

/// Which file it is: its number, and when it was made. A copy or a restored backup of it is another one, wherever it lies.
///
/// Swift's Glibc does not show `statx(2)`, so it is looked up by name; the offsets are those of its structure, which the
/// kernel's interface fixes for all machines.
struct FileIdentity: Equatable, CustomStringConvertible {
  private typealias Statx =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UInt32, UnsafeMutableRawPointer) -> Int32

  private static let (length, number, born) = (256, 32, 80)
  /// STATX_INO and STATX_BTIME.
  private static let wanted: UInt32 = 0x100 | 0x800

  let description: String

  /// The file at `path`.
  init(_ path: String) throws(StorageError) {
    guard let symbol = dlsym(nil, "statx") else { throw .failed("this system has no statx") }
    // Unsafe is safe here: the symbol is the C library's function of exactly this type.
    let statx = unsafeBitCast(symbol, to: Statx.self)
    var facts = [UInt8](repeating: 0, count: Self.length)
    guard facts.withUnsafeMutableBytes({ statx(AT_FDCWD, path, 0, Self.wanted, $0.baseAddress!) }) == 0 else {
      throw .failed("\(path): \(String(cString: strerror(errno)))")
    }
    func word<Word: BitwiseCopyable>(_ offset: Int, _: Word.Type) -> Word {
      facts.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Word.self) }
    }
    description =
      "\(word(Self.number, UInt64.self)) \(word(Self.born, Int64.self)).\(word(Self.born + 8, UInt32.self))"
  }
}
