/// The arrangement of an earlier packing, fitted to a changed problem: boxes of clusters keep their
/// relative places on the canvas, squares theirs within the boxes.
struct KeptArrangement {
  /// One cluster: what it shows, and where that stood in its box.
  private struct Cluster {
    var items: [PackingScale.Weighted]
    var order: RelativePlaces
    var offsets: [(x: Int, y: Int)]
    var corner: (x: Int, y: Int)
  }

  private let scaling: PackingScale
  private let width: Int
  private let height: Int
  private let previousScale: Double
  private let clusters: [Cluster]
  private let boxes: RelativePlaces

  /// Nil when `previous` shows anything else than `shown`, or its clusters stand in each other's
  /// boxes.
  init?(_ shown: PackingScale, _ previous: PackedFeatures, _ problem: PackingProblem) {
    scaling = shown
    (width, height) = (problem.width / shown.grid, problem.height / shown.grid)
    previousScale = previous.scale
    var places: [Int: PackedSquare] = [:]
    for square in previous.squares { places[square.item] = square }
    guard places.count == shown.itemCount, places.count == previous.squares.count else {
      return nil
    }
    var (clusters, frames) = ([Cluster](), [RelativePlaces.Rectangle]())
    for group in shown.groups where !group.isEmpty {
      let squares = group.compactMap { places[$0.item] }
      guard squares.count == group.count, let frame = Self.frame(squares),
        let order = RelativePlaces(squares.map(Self.rectangle))
      else { return nil }
      frames.append(frame)
      clusters.append(
        Cluster(
          items: group, order: order, offsets: squares.map { ($0.x - frame.x, $0.y - frame.y) },
          corner: (frame.x, frame.y)))
    }
    guard let boxes = RelativePlaces(frames) else { return nil }
    self.clusters = clusters
    self.boxes = boxes
  }

  private static func rectangle(_ square: PackedSquare) -> RelativePlaces.Rectangle {
    .init(x: square.x, y: square.y, width: square.side, height: square.side)
  }

  private static func frame(_ squares: [PackedSquare]) -> RelativePlaces.Rectangle? {
    guard let x = squares.map(\.x).min(), let y = squares.map(\.y).min(),
      let right = squares.map({ $0.x + $0.side }).max(),
      let bottom = squares.map({ $0.y + $0.side }).max()
    else { return nil }
    return .init(x: x, y: y, width: right - x, height: bottom - y)
  }

  /// How much larger all must become for the scale to change.
  private static let worthwhile = 1.2

  /// The earlier scale while it fits and no scale is much larger, else the largest that fits; nil
  /// when not even the smallest sides do.
  func scale() -> Double? {
    guard fits(0) else { return nil }
    let weights = clusters.reduce(0.0) { sum, cluster in
      cluster.items.reduce(sum) { $0 + $1.weight * $1.weight }
    }
    guard weights > 0 else { return 0 }
    let area = Double(width) * Double(height) * Double(scaling.grid * scaling.grid)
    var (low, high) = (0.0, (area / weights).squareRoot() * 1.02)
    if fits(previousScale) {
      let larger = previousScale * Self.worthwhile
      if larger >= high || !fits(larger) { return previousScale }
      low = previousScale
    }
    for _ in 0..<15 {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }

  private func sides(_ cluster: Cluster, _ scale: Double) -> [Int] {
    cluster.items.map { scaling.side($0, scale: scale) }
  }

  private func rooms(_ scale: Double) -> [(width: Int, height: Int)] {
    clusters.map { cluster in
      let sides = sides(cluster, scale)
      return cluster.order.room(widths: sides, heights: sides)
    }
  }

  private func fits(_ scale: Double) -> Bool {
    let rooms = rooms(scale)
    let room = boxes.room(widths: rooms.map(\.width), heights: rooms.map(\.height))
    return room.width <= width && room.height <= height
  }

  /// The squares at a scale that fits, in pixels, by group, then from large to small.
  func squares(_ scale: Double) -> [PackedSquare] {
    let growth = previousScale > 0 ? scale / previousScale : 1
    let moved = { (place: (x: Int, y: Int)) -> (x: Int, y: Int) in
      let unit = Double(scaling.grid)
      return (
        Self.bounded(Double(place.x) * growth / unit),
        Self.bounded(Double(place.y) * growth / unit)
      )
    }
    let rooms = extents(scale, moved)
    let corners = boxes.places(
      widths: rooms.map(\.width), heights: rooms.map(\.height),
      wanted: clusters.map { moved($0.corner) }, width: width, height: height)
    return clusters.indices.flatMap { index in
      let cluster = clusters[index]
      let sides = sides(cluster, scale)
      let places = cluster.order.places(
        widths: sides, heights: sides, wanted: cluster.offsets.map(moved),
        width: rooms[index].width, height: rooms[index].height)
      return zip(cluster.items, zip(places, sides)).map { item, square in
        PackedSquare(
          item: item.item, x: (corners[index].x + square.0.x) * scaling.grid,
          y: (corners[index].y + square.0.y) * scaling.grid, side: square.1 * scaling.grid)
      }
    }
  }

  /// Whole units; so many at most that no growth overflows.
  private static func bounded(_ length: Double) -> Int { Int(min(1e6, length)) }

  /// Boxes that leave squares where they are wanted if the canvas allows that, else the least ones.
  private func extents(
    _ scale: Double, _ moved: ((x: Int, y: Int)) -> (x: Int, y: Int)
  ) -> [(width: Int, height: Int)] {
    let least = rooms(scale)
    let wide = clusters.indices.map { index in
      let wanted = clusters[index].offsets.map(moved)
      let ends = zip(wanted, sides(clusters[index], scale))
      return (
        width: max(least[index].width, ends.map { $0.x + $1 }.max() ?? 0),
        height: max(least[index].height, ends.map { $0.y + $1 }.max() ?? 0)
      )
    }
    let room = boxes.room(widths: wide.map(\.width), heights: wide.map(\.height))
    return zip(least, wide).map { least, wide in
      (
        width: room.width <= width ? wide.width : least.width,
        height: room.height <= height ? wide.height : least.height
      )
    }
  }
}
