import Networks

/// How a convolution or pool moves; height first, as many entries as there are spatial axes.
struct WindowGeometry: Sendable {
  var size: [Int]
  var strides: [Int]
  var dilations: [Int]
  /// Nil where padding depends on an input size that is not known.
  var padsBefore: [Int?]
  var padsAfter: [Int?]
  /// A last window that only partly fits counts.
  var roundsUp = false
}

extension GraphResolver {
  /// The window of a convolution or pool over `spatial` axes; nil when the file contradicts itself.
  func window(_ node: GraphNode, kernel: [Int], spatial: [Dimension]) -> WindowGeometry? {
    let rank = kernel.count
    let strides = node.ints("strides") ?? Array(repeating: 1, count: rank)
    let dilations = node.ints("dilations") ?? Array(repeating: 1, count: rank)
    let pads = node.ints("pads") ?? Array(repeating: 0, count: 2 * rank)
    guard rank > 0, strides.count == rank, dilations.count == rank, pads.count == 2 * rank,
      (kernel + strides + dilations).allSatisfy({ (1...1 << 20).contains($0) }),
      pads.allSatisfy({ $0.magnitude <= 1 << 20 })
    else { return nil }
    var result = WindowGeometry(
      size: kernel, strides: strides, dilations: dilations, padsBefore: Array(pads.prefix(rank)),
      padsAfter: Array(pads.suffix(rank)), roundsUp: node.int("ceil_mode") == 1)
    switch node.string("auto_pad") ?? "NOTSET" {
    case "VALID":
      result.padsBefore = Array(repeating: 0, count: rank)
      result.padsAfter = result.padsBefore
    case "SAME_UPPER": padSame(&result, spatial, moreBefore: false)
    case "SAME_LOWER": padSame(&result, spatial, moreBefore: true)
    default: break
    }
    return result
  }

  private func padSame(_ window: inout WindowGeometry, _ spatial: [Dimension], moreBefore: Bool) {
    for axis in window.size.indices {
      let reach = (window.size[axis] - 1) * window.dilations[axis] + 1
      let stride = window.strides[axis]
      let total: Int?
      if stride == 1 {
        total = reach - 1
      } else if spatial.indices.contains(axis), let length = spatial[axis].length {
        total = max(0, (length + stride - 1) / stride * stride - stride + reach - length)
      } else {
        total = nil
      }
      let half = total.map { $0 / 2 }
      let rest = total.map { $0 - $0 / 2 }
      window.padsBefore[axis] = moreBefore ? rest : half
      window.padsAfter[axis] = moreBefore ? half : rest
    }
  }

  /// Output length along one axis.
  func length(after window: WindowGeometry, _ axis: Int, _ input: Dimension) -> Dimension {
    let reach = (window.size[axis] - 1) * window.dilations[axis] + 1
    let stride = window.strides[axis]
    guard let before = window.padsBefore[axis], let after = window.padsAfter[axis] else {
      return .unknown
    }
    guard let length = input.length else {
      return stride == 1 && before + after == reach - 1 ? input : .unknown
    }
    guard length <= 1 << 40 else { return .unknown }
    let room = length + before + after - reach
    guard room >= 0 else { return .unknown }
    guard window.roundsUp else { return .fixed(room / stride + 1) }
    // A window that starts in the padding after the end is dropped.
    let count = (room + stride - 1) / stride + 1
    return .fixed((count - 1) * stride >= length + before ? count - 1 : count)
  }

  func convolved(_ node: GraphNode, weight index: Int) -> [Dimension]? {
    guard let weight = shape(node, index).flatMap({ TensorShape($0).lengths }), weight.count > 2,
      node.int("channels_last") != 1
    else { return nil }
    let rank = weight.count
    let input = shape(node, 0) ?? Array(repeating: .unknown, count: rank)
    guard input.count == rank else { return nil }
    let kernel = node.ints("kernel_shape") ?? Array(weight.dropFirst(2))
    guard kernel.count == rank - 2,
      let window = window(node, kernel: kernel, spatial: Array(input.dropFirst(2)))
    else { return nil }
    let spatial = (0..<rank - 2).map { length(after: window, $0, input[$0 + 2]) }
    return [input[0], .fixed(weight[0])] + spatial
  }

  func pooled(_ node: GraphNode) -> [Dimension]? {
    guard let input = shape(node, 0), let kernel = node.ints("kernel_shape"),
      input.count == kernel.count + 2, node.int("channels_last") != 1,
      let window = window(node, kernel: kernel, spatial: Array(input.dropFirst(2)))
    else { return nil }
    let spatial = kernel.indices.map { length(after: window, $0, input[$0 + 2]) }
    return Array(input.prefix(2)) + spatial
  }

  func globallyPooled(_ node: GraphNode) -> [Dimension]? {
    guard let input = shape(node, 0), input.count >= 2 else { return nil }
    let ones = Array(repeating: Dimension.fixed(1), count: input.count - 2)
    return node.int("channels_last") == 1
      ? [input[0]] + ones + [input[input.count - 1]] : Array(input.prefix(2)) + ones
  }

  func transposeConvolved(_ node: GraphNode) -> [Dimension]? {
    guard let weight = shape(node, 1).flatMap({ TensorShape($0).lengths }), weight.count > 2 else {
      return nil
    }
    let rank = weight.count
    let (channels, overflow) = weight[1].multipliedReportingOverflow(by: node.int("group") ?? 1)
    let input = shape(node, 0) ?? Array(repeating: .unknown, count: rank)
    guard input.count == rank, !overflow else { return nil }
    let head = [input[0], Dimension.fixed(channels)]
    if let lengths = node.ints("output_shape"), lengths.count == rank - 2 {
      return head + lengths.map(Dimension.fixed)
    }
    let kernel = node.ints("kernel_shape") ?? Array(weight.dropFirst(2))
    guard kernel.count == rank - 2, let window = window(node, kernel: kernel, spatial: []) else {
      return nil
    }
    let extra = node.ints("output_padding") ?? Array(repeating: 0, count: rank - 2)
    guard extra.count == rank - 2 else { return nil }
    let isSame = node.string("auto_pad")?.hasPrefix("SAME") == true
    return head
      + (0..<rank - 2).map { axis -> Dimension in
        guard let length = input[axis + 2].length, (1...1 << 30).contains(length),
          extra[axis].magnitude < 1 << 20
        else { return .unknown }
        if isSame { return .fixed(length * window.strides[axis]) }
        guard let before = window.padsBefore[axis], let after = window.padsAfter[axis] else {
          return .unknown
        }
        let reach = (window.size[axis] - 1) * window.dilations[axis] + 1
        let result = (length - 1) * window.strides[axis] + extra[axis] + reach - before - after
        return result > 0 ? .fixed(result) : .unknown
      }
  }
}
