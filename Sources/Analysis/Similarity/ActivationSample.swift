/// What each neuron of a layer gave on a bounded sample of the images: enough to compare
/// neurons, or two networks on the same images, without keeping all activations.
///
/// The images kept are those whose index has the smallest mixed value, so the sample does not
/// depend on the order or the grouping in which images arrive: samples of two halves of a data
/// set merge into the sample of the whole, bit for bit. Up to ``capacity`` images all are kept;
/// beyond, the sample is uniform. Layers of different width keep the same images, the wider ones
/// fewer of them. E. Cohen, H. Kaplan, "Summarizing Data Using Bottom-k Sketches", PODC 2007,
/// doi:10.1145/1281100.1281133.
///
/// Memory: at most 8 bytes × neurons × ``capacity``, about 1 MiB a layer of up to 512 neurons.
public struct ActivationSample: Sendable {
  public let neuronCount: Int
  /// Images of the data set, in the order of their mixed values.
  public private(set) var images: [Int32] = []
  /// Row of `values` of each image.
  private var slots: [Int32] = []
  /// One row an image: the neurons' spatial means, then their values at the centre.
  private var values: [Float] = []

  /// The sample of no images.
  public init(neuronCount: Int) {
    self.neuronCount = neuronCount
  }

  /// A sample read back from storage.
  ///
  /// - Parameters:
  ///   - means: Images × neurons, row-major.
  ///   - centers: The same shape.
  /// - Returns: Nil when the shapes disagree, there are too many images, or one stands twice.
  public init?(neuronCount: Int, images: [Int32], means: [Float], centers: [Float]) {
    let count = images.count * neuronCount
    self.init(neuronCount: neuronCount)
    guard means.count == count, centers.count == count, images.count <= capacity else { return nil }
    for (row, image) in images.enumerated() {
      let range = row * neuronCount..<(row + 1) * neuronCount
      guard insert(image, { values in values += means[range] + centers[range] }) else { return nil }
    }
  }

  /// Images kept at most.
  public var capacity: Int { max(256, min(512, 131_072 / max(1, neuronCount))) }

  /// The spatial mean of every neuron in the image at place `place` of ``images``.
  public func means(at place: Int) -> ArraySlice<Float> {
    let start = Int(slots[place]) * rowSize
    return values[start..<start + neuronCount]
  }

  /// The value of every neuron at the centre of its map in that image.
  public func centers(at place: Int) -> ArraySlice<Float> {
    let start = Int(slots[place]) * rowSize + neuronCount
    return values[start..<start + neuronCount]
  }

  private var rowSize: Int { 2 * neuronCount }

  /// Adds one image.
  ///
  /// - Parameters:
  ///   - means: Spatial mean of each neuron.
  ///   - centers: Value of each neuron at the centre of its map.
  /// - Complexity: O(1) for an image that is not kept, else O(neurons).
  @inline(__always)
  mutating func add(image: Int32, means: (Int) -> Float, centers: (Int) -> Float) {
    guard accepts(image) else { return }
    let count = neuronCount
    _ = insert(image) { row in
      for neuron in 0..<count { row.append(means(neuron)) }
      for neuron in 0..<count { row.append(centers(neuron)) }
    }
  }

  /// Adds everything `other` holds; images of both count once.
  mutating func merge(_ other: ActivationSample) {
    precondition(neuronCount == other.neuronCount)
    for (place, image) in other.images.enumerated() where accepts(image) {
      _ = insert(image) { values in values += other.means(at: place) + other.centers(at: place) }
    }
  }

  private func accepts(_ image: Int32) -> Bool {
    guard images.count >= capacity, let last = images.last else { return true }
    return mixed(image) < mixed(last)
  }

  /// Keeps an image whose row `append` writes; false when it is there already.
  private mutating func insert(_ image: Int32, _ append: (inout [Float]) -> Void) -> Bool {
    let place = self.place(of: image)
    if place < images.count, images[place] == image { return false }
    if images.count >= capacity {
      let slot = slots.removeLast()
      images.removeLast()
      slots.insert(slot, at: place)
      var row: [Float] = []
      append(&row)
      values.replaceSubrange(Int(slot) * rowSize..<(Int(slot) + 1) * rowSize, with: row)
    } else {
      slots.insert(Int32(images.count), at: place)
      append(&values)
    }
    images.insert(image, at: place)
    return true
  }

  /// Where an image stands or would stand.
  private func place(of image: Int32) -> Int {
    let key = mixed(image)
    var (low, high) = (0, images.count)
    while low < high {
      let middle = (low + high) / 2
      if mixed(images[middle]) < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ActivationSample: Equatable {
  public static func == (a: Self, b: Self) -> Bool {
    a.neuronCount == b.neuronCount && a.images == b.images
      && a.images.indices.allSatisfy { place in
        zip(a.means(at: place), b.means(at: place)).allSatisfy { $0.bitPattern == $1.bitPattern }
          && zip(a.centers(at: place), b.centers(at: place))
            .allSatisfy { $0.bitPattern == $1.bitPattern }
      }
  }
}

/// A one-to-one mixing of 32-bit numbers: the finaliser of MurmurHash3 (A. Appleby, 2011, public
/// domain). One-to-one, so that no two images tie.
private func mixed(_ image: Int32) -> UInt32 {
  var value = UInt32(bitPattern: image) ^ 0x9E37_79B9
  value = (value ^ (value >> 16)) &* 0x85EB_CA6B
  value = (value ^ (value >> 13)) &* 0xC2B2_AE35
  return value ^ (value >> 16)
}
