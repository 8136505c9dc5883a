import Canvas

/// Something on the screen that a pointer can mean.
enum Target: Hashable, Sendable {
  case pane(layer: Int)
  case cluster(layer: Int, place: Int)
  /// A neuron of the selected layer, with a class where a heatmap was hit.
  case neuron(Int, classIndex: Int?)
  /// A thumbnail of a packing.
  case clusterPatch(neuron: Int, patch: Int)
  /// A thumbnail on the neuron screen.
  case patch(neuron: Int, Int)
  case classRow(Int)
  case link(Int)
  case confusion(truth: Int, predicted: Int)
  /// A row of a list of images or neurons.
  case item(Int)
  case finding(Int)
  case suggestion(Int)
  case command(Command)
  case whatIf(Int)
  case whatIfRow(Int)
  /// A part of the screen, which takes the focus.
  case part(Int)
}

/// A target's place on the screen.
struct Region: Hashable, Sendable {
  var area: CellRect
  var target: Target
  /// The part of the screen it lies in; nil leaves the focus alone.
  var part: Int?
}

/// What laying a screen out brought to light.
struct Survey: Sendable {
  /// Later regions lie on top of earlier ones; none where they were not looked for.
  var regions: [Region] = []
  /// Images shown, most wanted first; may repeat.
  var images: [Int] = []
  /// Layers without an outline, which the layout depends on.
  var outlines: [Int] = []
  /// What has to be worked out before the screen is complete.
  var layers: [Int] = []
  var gutters: [GutterKey] = []
  var bundles: [BundleKey] = []
  var heats: [HeatKey] = []
  var links: [NeuronLinkKey] = []
  var pages: [PageRequest] = []
  var scores: [ScoreKey] = []
  var needsFindings = false
  /// Packings that show.
  var packings: Set<PackingKey> = []
  /// Contributions that were not measured yet, most wanted first.
  var contributions: [ContributionWish] = []
  /// Gutters whose influence is wanted and not known.
  var influences: [GutterKey] = []
  /// Where lists start now.
  var scrolls: [ScrollKey: Int] = [:]
  /// Layer rows that each row of the heatmap stands for.
  var heatRows: [Range<Int>]?
  /// The packing that the arrow keys move in.
  var packing: PackingKey?
  /// Thumbnails side by side.
  var patchColumns: Int?

  func region(row: Int, column: Int) -> Region? {
    regions.last { $0.area.contains(row: row, column: column) }
  }
}

/// Lays the screen out without drawing pictures.
///
/// - Parameter findsRegions: Whether it matters what a pointer can mean.
func surveyed(_ state: ExplorerState, findsRegions: Bool = false) -> Survey {
  let size = state.context.size
  var surface = Surface(
    CellGrid(height: size.height, width: size.width), state.context.theme, isSurvey: true,
    findsRegions: findsRegions)
  drawScreen(state, on: &surface)
  return surface.survey
}

/// Images of the data set that the screen shows at its present size, most wanted first.
package func neededImages(_ state: ExplorerState) -> [Int] {
  var seen: Set<Int> = []
  return surveyed(state).images.filter { seen.insert($0).inserted }
}
