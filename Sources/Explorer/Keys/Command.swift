/// Everything a key, the palette or a click can ask for.
package enum Command: String, Hashable, Sendable, CaseIterable {
  case moveUp = "up"
  case moveDown = "down"
  case moveLeft = "left"
  case moveRight = "right"
  case goIn = "in"
  case goOut = "out"
  case nextPart = "next-part"
  case previousPart = "previous-part"
  case nextSibling = "next"
  case previousSibling = "previous"
  case moveFirst = "first"
  case moveLast = "last"
  case pageUp = "page-up"
  case pageDown = "page-down"
  case goTo = "go"
  case search
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case palette
  case help
  case back = "quit"
  case quitAtOnce = "quit!"
  case showFeatures = "features"
  case showActivations = "activations"
  case showContributions = "contributions"
  case stopMeasuring = "stop"
  case showWeights = "weights"
  case showHealth = "health"
  case nextStatistic = "statistic"
  case switchClassOrder = "class-order"
  case switchScale = "scale"
  case nextImportance = "importance"
  case zoom
  case zoomOut = "zoom-out"
  case moreEdges = "more-edges"
  case fewerEdges = "fewer-edges"
  case switchEdgeMeasure = "edge-measure"
  case followPath = "path"
  case toggleGroup = "toggle-group"
  case expandGroup = "expand"
  case collapseGroup = "collapse"
  case expandAll = "expand-all"
  case collapseAll = "collapse-all"
  case ablate
  case showWhatIfs = "what-if"
  case forgetWhatIf = "forget"
  case exportMask = "export-mask"
  case showClasses = "classes"
  case showFindings = "findings"
  case showNetwork = "network"
  case laterCheckpoint = "later"
  case earlierCheckpoint = "earlier"
  case showPair = "apart"
  case showImages = "images"
  case filterClass = "one-class"
  case filterVerdict = "verdict"
  case filterImages = "filter"
  case orderImages = "confidence"
  case showWhere = "where"
  case pinImages = "pin-image"
  case sortByClass = "sort-by-class"
  case reverseOrder = "reverse"
  case mark
  case unmark
  case moveNeurons = "move"
  case mergeClusters = "merge"
  case splitCluster = "split"
  case recluster
  case moreClusters = "more-clusters"
  case fewerClusters = "fewer-clusters"
  case cutTree = "cut"
  case renameCluster = "rename"
  case note
  case pin
  case writeAtlas = "write"
  case jumpBack = "jump-back"
  case jumpForward = "jump-forward"
  case setMark = "set-mark"
  case marks
  case copy
  case copyTable = "copy-table"
  case undo
  case redo
  case readNotices = "notices"
}
