/// What of a screen stays when the cursor moves on it, also to the next neuron, image or cluster:
/// whatever leaves this as it is was a move, or changed no more than one does.
package struct Scene: Equatable, Sendable {
  private let context: RenderContext
  private let places: [ExplorerView]
  private let imageFilter: ImageFilter?
  private let facets: [Facet]
  private let networkZoom: NetworkZoom
  private let isZoomed: Bool
  private let expanded: Set<LayerGroup>
  private let importance: Importance
  private let isPrompted: Bool
  private let showsHelp: Bool
  private let showsWhere: Bool
  private let edits: EditHistory
  private let regroupNumber: Int

  fileprivate init(_ state: ExplorerState) {
    context = state.context
    places = state.places.map(\.view)
    imageFilter = state.places.last?.imageFilter
    facets = [state.facet, state.layerFacet]
    networkZoom = state.networkZoom
    isZoomed = state.isZoomed
    expanded = state.expanded
    importance = state.importance
    isPrompted = state.prompt != nil
    showsHelp = state.helpLine != nil
    showsWhere = state.looks.showsWhere
    edits = state.edits
    regroupNumber = state.regroupNumber
  }
}

extension ExplorerState {
  /// To be compared with that after a key.
  ///
  /// - Complexity: O(groups of layers).
  package var scene: Scene { Scene(self) }
}
