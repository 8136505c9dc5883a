import Atlases
import Canvas
import Networks

/// What happened: a key, an answer, news of the analysis.
package enum ExplorerAction: Sendable {
  case key(Key)
  case command(Command)
  case resized(ScreenSize)
  /// The terminal told how its background is.
  case appearanceFound(Appearance)
  /// The atlas as it now is; selections stay.
  case atlasRefreshed(Atlas)
  case progress(AnalysisProgress)
  /// Something to tell, one sentence.
  case message(String)
  /// Something to tell at the start, one sentence; none hides another.
  case notice(String)
  case imagesLoaded([LoadedImage])
  case imagesUnavailable([Int], reason: String)
  /// Pictures that could not be loaded may be there now.
  case picturesFound
  case regrouped(RegroupAnswer)
  /// What a screen lacked, or a part of it; more may come of the same request.
  case workedOut(Workings, number: Int, isComplete: Bool)
  /// What was kept of the last visit to this model and these images.
  case sessionFound(SavedSession)
  /// Neurons can now be switched off: the network's file and its images are at hand.
  case ablationPossible
  case measuring(MeasuringProgress)
  case contributionsMeasured(layer: Int, LayerContributions)
  case contributionsUnavailable(layer: Int, reason: String)
  case ablated(WhatIfRequest, WhatIf)
  case ablationFailed(WhatIfRequest, reason: String)
  /// Influence can now be measured: the network's file and its images are at hand.
  case influencePossible
  case measuringInfluence(done: Int, planned: Int)
  case influenceMeasured([MeasuredInfluence])
  case influenceUnavailable([InfluenceWish], reason: String)
  /// Single images can now be run: the network's file and its images are at hand.
  case imageRunsPossible
  case imagesRan(ImageRequest, ImageActivations)
  case imageRunFailed(ImageRequest, reason: String)
  /// The checkpoint that ``ExplorerEffect/stepCheckpoint(_:)`` asked for.
  case checkpointOpened(Atlas, RunMoment)
  /// Checkpoints came; the one that is looked at is the same.
  case runChanged(RunMoment)
}

/// A picture of the data set in the geometry of the network's input.
package struct LoadedImage: Sendable {
  /// Index in the data set.
  package var index: Int
  /// The picture, and its halvings: made where it is decoded, so that the loop need not.
  let levels: [PixelImage]

  /// - Complexity: O(pixels).
  package init(index: Int, pixels: PixelImage) {
    self.index = index
    levels = halvings(pixels)
  }
}

/// Work for the loop, as data.
package enum ExplorerEffect: Hashable, Sendable {
  /// Decode these images of the data set, answer with ``ExplorerAction/imagesLoaded(_:)`` and
  /// ``ExplorerAction/imagesUnavailable(_:reason:)``, each index in one of the two.
  case loadImages([Int])
  /// Cluster or order neurons, answer with ``ExplorerAction/regrouped(_:)``; a newer request for
  /// the same layer makes an older one needless.
  case regroup(RegroupRequest)
  /// Work out what the screen lacks, then what the next one may, with a copy of the state: see
  /// ``ScreenWork``. Answered with ``ExplorerAction/workedOut(_:number:isComplete:)``; a newer
  /// request makes an older one needless.
  case workOut(number: Int)
  /// Look for what was kept, answer with ``ExplorerAction/sessionFound(_:)`` if there is any.
  case findSession(SessionKey)
  case keepSession(SavedSession)
  /// Write the atlas as it is to a new file, answer with ``ExplorerAction/message(_:)``.
  case writeAtlas(path: String)
  /// Measure these contributions, in this order, instead of those asked for before; none ends
  /// it. Answered by layer with ``ExplorerAction/contributionsMeasured(layer:_:)`` or
  /// ``ExplorerAction/contributionsUnavailable(layer:reason:)``.
  case measure([ContributionWish])
  /// Measure the influence along these connections, instead of those asked for before; none ends it.
  /// Answered with ``ExplorerAction/influenceMeasured(_:)`` or
  /// ``ExplorerAction/influenceUnavailable(_:reason:)``.
  case measureInfluence([InfluenceWish])
  /// Switch neurons off, before anything else that waits; answered with
  /// ``ExplorerAction/ablated(_:_:)`` or ``ExplorerAction/ablationFailed(_:reason:)``.
  case ablate(WhatIfRequest)
  /// Run images, instead of those asked for before for the same purpose; none ends it. Answered
  /// with ``ExplorerAction/imagesRan(_:_:)`` or ``ExplorerAction/imageRunFailed(_:reason:)``.
  case runImages(ImageRequest)
  /// Open a checkpoint so many after the present one, answer with
  /// ``ExplorerAction/checkpointOpened(_:_:)`` or a message.
  case stepCheckpoint(Int)
  /// Write these neurons to a file; answered with a message.
  case exportMask([LayerNeurons], path: String)
  /// Put text on the clipboard or into a file; answered with a message.
  case copy(CopyRequest)
}
