import Analysis
import Atlases
import Canvas
import Networks

/// Everything the explorer knows: what to show and how it is looked at.
package struct ExplorerState: Sendable {
  package internal(set) var atlas: Atlas
  package internal(set) var context: RenderContext
  package let keymap: Keymap
  package internal(set) var progress: AnalysisProgress?
  /// The loop ends once it is true.
  package internal(set) var hasQuit = false
  /// Whether it is to be left for the shell, not for the run it was opened from.
  package internal(set) var quitsProgram = false
  /// The checkpoint that is looked at; nil outside a training run.
  package internal(set) var moment: RunMoment?
  package internal(set) var selection = Selection()

  /// The way in; never empty, the last shows.
  var places = [Place(view: .network)]
  /// Neuron last looked at in each layer.
  var neuronOfLayer: [Int]
  var expanded: Set<LayerGroup>
  var facet = Facet.features
  /// What the layer screen shows of its neurons.
  var layerFacet = Facet.activations
  var networkZoom = NetworkZoom.panes
  /// Share of the edges' weight that is to be drawn, strongest first.
  var edgePercent = 60
  /// Whether edges are weighed by what images send along them.
  var usesInfluence = false
  /// The path to a class while one is followed.
  var classPath: ClassPath?
  /// What sizes of packed pictures stand for.
  var importance = Importance.activation
  var statistic = Statistic.mean
  var heatScale = HeatScale.row
  var usesLabelOrder = false
  /// The class that clusters are sorted by; nil for their own order.
  var sortClass: Int?
  var isZoomed = false
  /// Whether a pair of classes shows what tells them apart least first.
  var isPairReversed = false
  var prompt: Prompt?
  /// First line of the help shown; nil while it is closed.
  var helpLine: Int?
  var message: String?
  /// What was told at the start; a message hides it, a key leads on.
  var notices = Notices()
  var hits: [SearchHit] = []
  var hitIndex = 0
  /// Where lists are scrolled to, kept so that a cursor move repaints little.
  var scrolls: [ScrollKey: Int] = [:]
  /// Place of the shown image in the list it was opened from.
  var imageListItem = 0

  /// Places visited, and those with a letter, by letter.
  var jumps = JumpList()
  var placeMarks: [PlaceMark] = []
  /// Whether the key being taken led to another place.
  var hasJumped = false
  /// What was changed by hand.
  var edits = EditHistory()
  /// Neurons marked in each layer.
  var marks: [Int: Set<Int>] = [:]
  /// What edited layers were before, for the way back.
  var computedParts: [Int: ComputedClusters] = [:]
  /// Number of the last request for clusters or orders.
  var regroupNumber = 0
  /// Layers whose new order is on its way, with the number of the request.
  var reordering: [Int: Int] = [:]
  /// Layers of which it is being worked out how good their new order is.
  var measuringOrder: Set<Int> = []
  var dividing: PendingDivision?
  /// Work that an action asked for, handed out when it is settled.
  var outbox: [ExplorerEffect] = []
  /// Clusters of an earlier visit for layers that are not clustered yet.
  var pendingGroupings: [Int: LayerGrouping] = [:]
  /// The session that was asked for.
  var askedSession: SessionKey?
  /// Whether something that a session keeps has changed.
  var savesSession = false
  /// Name of the finding the cursor is on; nil for the first.
  var selectedFinding: String?
  var measuring = Measuring()
  var influencing = Influencing()
  var shelf = WhatIfShelf()
  var looks = ImageLook()
  /// The column beside the classes.
  var pinned: PinnedImages?
  /// What the image screen steps through where no list is behind it.
  var looseFilter = ImageFilter(order: .dataset)
  /// Whether the image screen steps through the list, wherever it was opened from.
  var stepsThroughList = false

  // Worked out from the atlas when first needed; see `settle`.
  var arrangement: NetworkArrangement
  var workings = Workings()
  /// Of the image looked at and of what is pinned; in the order of the clusters there are.
  var scores: [ScoreKey: LayerScores] = [:]
  /// What is usual for a layer's neurons.
  var norms: [NormKey: ActivationNorms] = [:]
  /// The images of the filter; nil until a screen needs them.
  var imageList: (filter: ImageFilter, images: [Int])?
  /// Whether the pieces are of an older atlas, shown until those of this one are there.
  package internal(set) var isOutdated = false
  /// Number of the last request for pieces.
  var workNumber = 0
  /// Whether the screen lacks pieces that are on their way.
  package internal(set) var lacksPieces = false
  var pictures = PictureCache()

  package init(atlas: Atlas, context: RenderContext, keymap: Keymap = .standard) {
    self.atlas = atlas
    self.keymap = keymap
    self.context = context
    neuronOfLayer = Array(repeating: 0, count: atlas.network.layers.count)
    expanded = initiallyExpanded(atlas.network)
    arrangement = NetworkArrangement(atlas.network, expanded: expanded)
  }
}

/// A list that scrolls.
enum ScrollKey: Hashable, Sendable {
  case networkColumns, networkBands
  case clusters(layer: Int)
  case rows(layer: Int)
  case clusterRows
  case kernels
  case columns
  case classRows, classColumns
  case images, imageNeurons
  case imageLayers, imageClusters, imageClusterNeurons
  case pairClusters, pairNeurons
  case patches
  case links
  case findings
  case contributionRows
  case whatIfs, whatIfRows
}

/// Small networks open with every layer in view.
private func initiallyExpanded(_ network: Network) -> Set<LayerGroup> {
  guard network.layers.count <= 8 else { return [] }
  return allGroups(network)
}

/// Every stage and block.
func allGroups(_ network: Network) -> Set<LayerGroup> {
  var groups: Set<LayerGroup> = []
  for (s, stage) in network.stages.enumerated() {
    groups.insert(.stage(s))
    for b in stage.blocks.indices { groups.insert(.block(stage: s, block: b)) }
  }
  return groups
}
