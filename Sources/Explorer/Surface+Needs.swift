import Analysis
import Atlases
import Canvas
import Networks

extension Surface {
  /// The digest of a layer, perhaps only its outline; asks for what is not worked out yet.
  mutating func digest(_ layer: Int, _ state: ExplorerState) -> LayerDigest? {
    let known = state.digests[layer]
    if known?.isFilled != true, state.atlas.network.layers.indices.contains(layer) {
      survey.layers.append(layer)
      if known == nil { survey.outlines.append(layer) }
    }
    return known
  }

  /// The clusters of a layer without their figures; asks for them where they are not known yet.
  mutating func outline(_ layer: Int, _ state: ExplorerState) -> LayerDigest? {
    let known = state.digests[layer]
    if known == nil, state.atlas.network.layers.indices.contains(layer) {
      survey.outlines.append(layer)
    }
    return known
  }

  /// The links between two layers; asks for them where they are not worked out yet.
  mutating func gutter(_ key: GutterKey, _ state: ExplorerState) -> GutterEdges? {
    if state.lacksInfluence(key) { survey.influences.append(key) }
    if let known = state.gutters[key] { return known }
    survey.gutters.append(key)
    return nil
  }

  /// What is drawn of the links between two layers; asks for it where it is not worked out yet.
  mutating func bundles(_ key: BundleKey, _ state: ExplorerState) -> GutterBundles? {
    if let known = state.bundles[key] { return known }
    survey.bundles.append(key)
    return nil
  }

  /// A cluster's small heatmap; asks for it where it is not worked out yet.
  mutating func heat(_ key: HeatKey, _ state: ExplorerState) -> ClusterHeat? {
    if let known = state.workings.heats[key] { return known }
    survey.heats.append(key)
    return nil
  }

  /// Asks for the influence between layers where it is wanted and not known.
  mutating func askForInfluence(of gutters: @autoclosure () -> [GutterKey], _ state: ExplorerState)
  {
    guard state.usesInfluence else { return }
    survey.influences += gutters().filter(state.lacksInfluence)
  }

  /// The page of packed pictures that was asked for; asks for it where it is not worked out yet.
  mutating func page(_ request: PageRequest, _ state: ExplorerState) -> FeaturePage? {
    survey.packings.insert(request.key)
    let known = state.packings[request.key]
    if known?.answers(request) != true { survey.pages.append(request) }
    let place = request.neuron.flatMap { known?.page(of: $0) }
    guard let known, place != nil || known.isComplete || request.neuron == nil else { return nil }
    return known.pages.indices.contains(place ?? 0) ? known.pages[place ?? 0] : nil
  }

  /// Page of a packing that shows the selected neuron.
  func pageNumber(_ key: PackingKey, _ state: ExplorerState) -> Int {
    state.packings[key]?.page(of: state.selection.neuron) ?? 0
  }

  /// A neuron's links; asks for them, and for the influence of the layers they lead to.
  mutating func links(_ key: NeuronLinkKey, _ state: ExplorerState) -> NeuronLinks? {
    askForInfluence(of: state.gutters(touching: key.layer), state)
    if let known = state.outgoing[key] { return known }
    survey.links.append(key)
    return nil
  }

  /// Draws what a neuron saw at a patch, stretched over `area`.
  mutating func patch(_ patch: TopPatch, of layer: Layer, in area: CellRect, _ state: ExplorerState)
  {
    picture(Int(patch.image), in: area, state) { patchArea(patch, of: layer, in: $0) }
  }

  /// Draws an image of the data set, stretched over `area`.
  mutating func picture(
    _ image: Int, in area: CellRect, _ state: ExplorerState,
    crop: (PixelImage) -> PixelArea = PixelArea.whole
  ) {
    survey.images.append(image)
    guard !isSurvey, area.height > 0, area.width > 0 else { return }
    guard let picture = state.pictures[image] else {
      placeholder(area, isLost: state.pictures.failure(image) != nil)
      return
    }
    let part = crop(picture.full)
    let key = FittedPictures.Key(
      picture: picture.number, part: part,
      size: ScreenSize(height: area.height, width: area.width), tier: theme.tier)
    let cells = fitted.cells(key) {
      pixels(of: picture, part, for: area).map {
        renderThumbnail($0, height: area.height, width: area.width, tier: key.tier)
      }
    }
    guard let cells else { return placeholder(area, isLost: true) }
    draw(cells, in: area)
  }

  /// Stands for a picture that is on its way, or cannot be had.
  private mutating func placeholder(_ area: CellRect, isLost: Bool) {
    fill(area)
    text(
      isLost ? "×" : "·", area.row + area.height / 2, area.column, .dim, width: area.width,
      alignment: .center)
  }
}

/// The crop at the smallest kept size that still has two pixels for every pixel drawn.
func pixels(
  of picture: Picture, _ crop: PixelArea, for area: CellRect
) -> PixelBlock? {
  var level = 0
  while level + 1 < picture.levels.count,
    crop.columns.count >> (level + 1) >= area.width * 4,
    crop.rows.count >> (level + 1) >= area.height * 4
  {
    level += 1
  }
  let image = picture.levels[level]
  let rows = scaled(crop.rows, by: level, limit: image.height)
  let columns = scaled(crop.columns, by: level, limit: image.width)
  return PixelBlock(
    of: image.bytes, lineWidth: image.width, channelCount: image.channelCount, rows: rows,
    columns: columns)
}

/// A range of pixels at a halved size; never empty where the image is not.
private func scaled(_ range: Range<Int>, by level: Int, limit: Int) -> Range<Int> {
  let low = max(0, min(range.lowerBound >> level, limit - 1))
  return low..<max(low, min(max(low + 1, range.upperBound >> level), limit))
}
