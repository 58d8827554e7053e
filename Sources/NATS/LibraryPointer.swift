/// An object of the library that many threads may use: it locks itself. Whoever holds this frees it, in its deinit.
struct LibraryPointer: @unchecked Sendable {  // Unchecked: the library's objects are opaque and lock themselves.
  let raw: OpaquePointer

  init(_ raw: OpaquePointer) { self.raw = raw }
}
