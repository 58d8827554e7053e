import Log

extension TileDirectory {
  /// Puts in place what `plan` holds, the checkpoint last.
  public func apply(_ plan: RepairPlan, genesis: Genesis) throws(StorageError) {
    if try file(TileFile.genesis, limit: TileFile.largestDocument) != genesis.bytes {
      try DurableFile.write(genesis.bytes, to: "\(place)/\(TileFile.genesis)")
    }
    for index in Set(plan.leaves.keys.map { $0 / TilePath.fullWidth }).sorted() {
      let first = index * TilePath.fullWidth
      let path = TilePath(.entries, index: index, width: min(TilePath.fullWidth, plan.size - first))
      var leaves: [[UInt8]] = []
      for leaf in first..<(first + path.width) {
        if let right = plan.leaves[leaf] {
          leaves.append(right)
        } else {
          leaves += try self.leaves(leaf..<(leaf + 1))
        }
      }
      try DurableFile.write(EntryBundle.encode(leaves), to: "\(place)/\(path)")
    }
    for (path, hashes) in plan.tiles {
      try DurableFile.write(hashes.flatMap(\.bytes), to: "\(place)/\(path)")
    }
    if let checkpoint = plan.checkpoint {
      try DurableFile.write(checkpoint.bytes, to: "\(place)/\(TileFile.checkpoint)")
    }
  }
}
