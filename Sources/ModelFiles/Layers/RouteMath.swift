import Networks

/// Arithmetic on routes of channels.
enum RouteMath {
  /// Most channels followed one by one.
  static let limit = 65_536

  /// Routes after `shift` inputs were put before them.
  static func shifted(_ routes: [ChannelRoute]?, by shift: Int) -> [ChannelRoute]? {
    guard shift != 0 else { return routes }
    return routes?.map {
      var route = $0
      route.targetStart += shift
      return route
    }
  }

  /// Routes after each channel moved from its place to `place(of:)`; nil drops it.
  ///
  /// - Returns: Nil when the routes are flattened or too many to follow.
  static func moved(
    _ routes: [ChannelRoute]?, _ place: (Int) -> Int?
  ) -> [ChannelRoute]? {
    guard let routes, routes.allSatisfy({ $0.spatialCount == 1 }),
      routes.reduce(0, { $0 + min($1.count, limit + 1) }) <= limit
    else { return nil }
    var pairs: [(source: Int, target: Int)] = []
    for route in routes {
      for i in 0..<route.count {
        guard let target = place(route.targetStart + i * route.targetStep) else { continue }
        pairs.append((route.sourceStart + i * route.sourceStep, target))
      }
    }
    return runs(pairs)
  }

  /// All different routes of both; nil when one is nil or there are too many to compare.
  static func union(_ a: [ChannelRoute]?, _ b: [ChannelRoute]?) -> [ChannelRoute]? {
    guard let a, let b, a.count <= 1024, b.count <= 1024 else { return nil }
    return a + b.filter { !a.contains($0) }
  }

  /// Pairs as few runs of equal steps, in order.
  static func runs(_ pairs: [(source: Int, target: Int)]) -> [ChannelRoute] {
    var result: [ChannelRoute] = []
    var place = 0
    while place < pairs.count {
      let first = pairs[place]
      var count = 1
      var (sourceStep, targetStep) = (1, 1)
      if place + 1 < pairs.count {
        sourceStep = pairs[place + 1].source - first.source
        targetStep = pairs[place + 1].target - first.target
        while place + count < pairs.count,
          pairs[place + count].source == first.source + count * sourceStep,
          pairs[place + count].target == first.target + count * targetStep
        {
          count += 1
        }
      }
      if count == 1 { (sourceStep, targetStep) = (1, 1) }
      result.append(
        ChannelRoute(
          sourceStart: first.source, targetStart: first.target, count: count,
          sourceStep: sourceStep, targetStep: targetStep, positionStep: 1))
      place += count
    }
    return result
  }

  /// One source channel that is stretched over `count` channels.
  static func stretched(_ routes: [ChannelRoute]?, to count: Int) -> [ChannelRoute]? {
    guard let routes, routes.allSatisfy({ $0.count == 1 && $0.spatialCount == 1 }) else {
      return nil
    }
    return routes.map {
      ChannelRoute(sourceStart: $0.sourceStart, targetStart: 0, count: count, sourceStep: 0)
    }
  }

  /// Routes after every channel became `spatialCount` inputs.
  static func flattened(
    _ routes: [ChannelRoute]?, spatialCount: Int, channelCount: Int, isChannelLast: Bool
  ) -> [ChannelRoute]? {
    guard let routes, routes.allSatisfy({ $0.spatialCount == 1 }) else { return nil }
    return routes.map { route in
      var flat = route
      flat.spatialCount = spatialCount
      flat.isChannelLast = isChannelLast
      if isChannelLast {
        flat.positionStep = channelCount
      } else {
        flat.targetStart *= spatialCount
        flat.targetStep *= spatialCount
        flat.positionStep = 1
      }
      return flat
    }
  }

  /// Whether every input that the routes name is one of `count`, and every channel of the source
  /// one of `channels`.
  static func fit(_ routes: [ChannelRoute], _ count: Int) -> Bool {
    routes.allSatisfy { route in
      guard route.count > 0, route.targetStart >= 0 else { return false }
      let last =
        route.targetStart + (route.count - 1) * route.targetStep
        + (route.spatialCount - 1) * route.positionStep
      return (0..<count).contains(last)
    }
  }
}
