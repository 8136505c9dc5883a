import Networks

/// Groups blocks into stages of one spatial size.
struct StageFinder {
  let layers: [Layer]

  /// What the blocks of a stage share.
  private enum Key: Equatable {
    case size([Int])
    case jump([Int])
    case dense
    case unknown
  }

  func stages(_ blocks: [LayerBlock]) -> [LayerStage] {
    var runs: [(key: Key, blocks: [LayerBlock])] = []
    for block in blocks {
      let key = key(of: block)
      if let last = runs.last, last.key == key || key == .unknown {
        runs[runs.count - 1].blocks.append(block)
      } else {
        runs.append((key, [block]))
      }
    }
    let parts = runs.flatMap { run in
      splitByName(run.blocks, among: blocks).map { (key: run.key, blocks: $0) }
    }
    var result: [LayerStage] = []
    for (place, part) in parts.enumerated() {
      var size: [Int]?
      if case .size(let found) = part.key { size = found }
      let taken = Set(result.map(\.name))
      result.append(
        LayerStage(
          name: name(part.blocks, part.key, number: place + 1, taken: taken), spatialSize: size,
          blocks: part.blocks))
    }
    return result
  }

  /// The size of what a block hands on. Squeeze-and-excite layers, 1 × 1 amid larger ones, don't
  /// count.
  private func key(of block: LayerBlock) -> Key {
    let members = block.layers.map { layers[$0.index] }
    if members.allSatisfy({ $0.kind == .dense }) { return .dense }
    let sizes = members.map { Self.spatialSize($0) }
    if let size = sizes.last(where: { $0 != nil && $0 != [1, 1] }) ?? nil { return .size(size) }
    if let size = sizes.first ?? nil, !sizes.contains(nil) { return .size(size) }
    return members.compactMap(\.receptiveField?.jump).last.map(Key.jump) ?? .unknown
  }

  /// Height and width of a layer's output; nil for dense layers or where unknown.
  static func spatialSize(_ layer: Layer) -> [Int]? {
    guard layer.kind != .dense, let shape = layer.outputShape, shape.rank == 4 else { return nil }
    return TensorShape(Array(shape.dimensions[2...])).lengths
  }

  /// Breaks a run of blocks where their names change from one group such as `layer1` to another.
  private func splitByName(_ run: [LayerBlock], among all: [LayerBlock]) -> [[LayerBlock]] {
    guard all.count <= 2000 else { return [run] }
    let groups = run.map { group(of: $0, in: run, among: all) }
    var result: [[LayerBlock]] = []
    for (place, block) in run.enumerated() {
      if place > 0, groups[place] == groups[place - 1] {
        result[result.count - 1].append(block)
      } else {
        result.append([block])
      }
    }
    return result
  }

  /// The shortest beginning of a block's name that two or more blocks share, all of them in `run`.
  private func group(of block: LayerBlock, in run: [LayerBlock], among all: [LayerBlock]) -> String
  {
    let parts = NameParts(block.name)
    for count in 1..<max(1, parts.parts.count) {
      let prefix = parts.prefix(count)
      let has = { (other: LayerBlock) in
        let name = NameParts(other.name)
        return name.parts.count > count && name.prefix(count) == prefix
      }
      let inside = run.count(where: has)
      if inside >= 2, inside == all.count(where: has) { return prefix }
    }
    return ""
  }

  private func name(
    _ blocks: [LayerBlock], _ key: Key, number: Int, taken: Set<String>
  ) -> String {
    if blocks.count == 1, !taken.contains(blocks[0].name) { return blocks[0].name }
    let group = blocks.count <= 2000 ? group(of: blocks[0], in: blocks, among: blocks) : ""
    if !group.isEmpty, !taken.contains(group) { return group }
    switch key {
    case .size(let size): return "stage \(number) · " + size.map(String.init).joined(separator: "×")
    case .dense: return "stage \(number) · dense"
    case .jump, .unknown: return "stage \(number)"
    }
  }
}
