import Networks

extension StepLook {
  /// Longest window, and most positions along an axis, that are followed.
  private static let limit = 1 << 10

  /// What a maximum pool looks at to choose.
  var picks: [InfluencePath.Step]? {
    guard let input, node.output(0) == output, let window = pool?.window else { return nil }
    return [.pick(tensor: name(input), window)]
  }

  /// The mean that an average pool takes at each of its positions.
  var means: [InfluencePath.Step]? {
    guard node.kind == "AveragePool", let pool else { return nil }
    let countsPadding = node.int("count_include_pad") == 1
    // How much of a last window that only partly fits counts as padding differs between versions.
    guard !(countsPadding && pool.roundsUp) else { return nil }
    return [.mean(pool.window, countsPadding: countsPadding)]
  }

  private var pool: (window: PoolWindow, roundsUp: Bool)? {
    guard let shape = channelShape, shape.count == 4, let kernel = node.ints("kernel_shape"),
      let found = resolver.window(node, kernel: kernel, spatial: Array(shape.dropFirst(2))),
      found.size.count == 2
    else { return nil }
    let before = found.padsBefore.compactMap(\.self)
    let positions = self.shape(output)?.dropFirst(2).compactMap(\.length) ?? []
    guard before.count == 2, before.allSatisfy({ $0 >= 0 }), positions.count == 2,
      (found.size + positions).allSatisfy({ (1...Self.limit).contains($0) })
    else { return nil }
    return (
      PoolWindow(
        size: found.size, strides: found.strides, dilations: found.dilations, padsBefore: before,
        positions: positions), found.roundsUp
    )
  }
}
