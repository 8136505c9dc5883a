import Tensors

extension ActivationSummary {
  /// Adds one image.
  ///
  /// - Parameters:
  ///   - reduction: Means and maxima of that image.
  ///   - values: The batch the image lies in, to look up where a neuron was strongest; read
  ///     only for neurons whose patch is kept.
  ///   - place: The image's place in the batch.
  ///   - image: Its index in the data set.
  ///   - column: Its class; 0 for a data set without labels; nil for an unlabelled image
  ///     among labelled ones, which counts in patches and extremes only.
  /// - Complexity: O(neurons), plus O(positions) for each patch kept.
  public mutating func add(
    _ reduction: MapReduction, _ values: Span<Float>, _ maps: FeatureMaps, place: Int,
    image: Int32, column: Int?
  ) {
    precondition(maps.neuronCount == neuronCount)
    add(image: image, column: column) { neuron in
      (reduction.means[neuron], reduction.maxima[neuron])
    } center: { neuron in
      let start = place * maps.valuesPerImage + maps.start(of: neuron)
      return values[start + maps.center * maps.positionStride]
    } patch: { neuron in
      Self.patch(values, maps, place: place, neuron: neuron, image, reduction.maxima[neuron])
    }
  }

  /// Adds one image by its numbers.
  ///
  /// - Parameters:
  ///   - numbers: Neurons × ``MapNumbers/perNeuron``.
  ///   - column: As above.
  /// - Complexity: O(neurons).
  public mutating func add(_ numbers: Span<Float>, image: Int32, column: Int?) {
    let size = MapNumbers.perNeuron
    precondition(numbers.count == neuronCount * size)
    add(image: image, column: column) { neuron in
      (Double(numbers[neuron * size]), numbers[neuron * size + 1])
    } center: { neuron in
      numbers[neuron * size + 4]
    } patch: { neuron in
      TopPatch(
        image: image, y: Int32(numbers[neuron * size + 2]), x: Int32(numbers[neuron * size + 3]),
        value: numbers[neuron * size + 1])
    }
  }

  @inline(__always)
  private mutating func add(
    image: Int32, column: Int?, _ values: (Int) -> (mean: Double, maximum: Float),
    center: (Int) -> Float, patch: (Int) -> TopPatch
  ) {
    precondition(column.map { (0..<classCount).contains($0) } ?? true)
    imageCount += 1
    sample.add(image: image, means: { Float(values($0).mean) }, centers: center)
    guard let column else {
      addUnlabeled(image: image, values, patch: patch)
      return
    }
    var tally = classes[column] ?? ClassTally(neuronCount: neuronCount)
    classes[column] = nil
    tally.imageCount += 1
    for neuron in 0..<neuronCount {
      let (mean, maximum) = values(neuron)
      guard isSummable(mean, maximum) else {
        nonFiniteCounts[neuron] += 1
        continue
      }
      extremes[neuron].add(mean: mean, maximum: maximum)
      tally.add(mean: mean, maximum: maximum, neuron: neuron)
      let isBest =
        maximum > tally.best[neuron].value
        || (maximum == tally.best[neuron].value && image < tally.best[neuron].image)
      if isBest || strongest.accepts(maximum, image: image, neuron: neuron) {
        let patch = patch(neuron)
        if isBest { tally.best[neuron] = patch }
        strongest.insert(patch, neuron: neuron)
      }
    }
    classes[column] = tally
  }

  @inline(__always)
  private mutating func addUnlabeled(
    image: Int32, _ values: (Int) -> (mean: Double, maximum: Float), patch: (Int) -> TopPatch
  ) {
    for neuron in 0..<neuronCount {
      let (mean, maximum) = values(neuron)
      guard isSummable(mean, maximum) else {
        nonFiniteCounts[neuron] += 1
        continue
      }
      extremes[neuron].add(mean: mean, maximum: maximum)
      if strongest.accepts(maximum, image: image, neuron: neuron) {
        strongest.insert(patch(neuron), neuron: neuron)
      }
    }
  }

  /// Whether the squares of both stay within ``ExactSum``'s range.
  private func isSummable(_ mean: Double, _ maximum: Float) -> Bool {
    mean.magnitude < 1e9 && maximum.magnitude < 1e9
  }

  /// First place, row by row, where the map reaches `maximum`.
  private static func patch(
    _ values: Span<Float>, _ maps: FeatureMaps, place: Int, neuron: Int, _ image: Int32,
    _ maximum: Float
  ) -> TopPatch {
    let start = place * maps.valuesPerImage + maps.start(of: neuron)
    var position = 0
    if maps.isChannelLast {
      while position < maps.positionCount - 1,
        values[start + position * maps.positionStride] != maximum
      {
        position += 1
      }
    } else {
      position = firstIndex(of: maximum, in: values.extracting(start..<start + maps.positionCount))
    }
    return TopPatch(
      image: image, y: Int32(position / maps.width), x: Int32(position % maps.width),
      value: maximum)
  }
}

extension ClassTally {
  /// Adds one image's values, which must be within ``ExactSum``'s range.
  @inline(__always)
  mutating func add(mean value: Double, maximum largest: Float, neuron: Int) {
    let largest = Double(largest)
    _ = mean[neuron].add(value)
    _ = maximum[neuron].add(largest)
    _ = squaredMean[neuron].add(value * value)
    _ = squaredMaximum[neuron].add(largest * largest)
    if largest > 0 { firingCount[neuron] += 1 }
  }
}
