import Atlases
import Canvas
import Networks

/// What happened: a key, an answer, news of the analysis.
package enum ExplorerAction: Sendable {
  case key(Key)
  case command(Command)
  case resized(ScreenSize)
  /// The atlas as it now is; selections stay.
  case atlasRefreshed(Atlas)
  case progress(AnalysisProgress)
  /// Something to tell, one sentence.
  case message(String)
  case imagesLoaded([LoadedImage])
  case imagesUnavailable([Int], reason: String)
}

/// A picture of the data set in the geometry of the network's input.
package struct LoadedImage: Sendable {
  /// Index in the data set.
  package var index: Int
  package var pixels: PixelImage

  package init(index: Int, pixels: PixelImage) {
    self.index = index
    self.pixels = pixels
  }
}

/// Work for the loop, as data.
package enum ExplorerEffect: Hashable, Sendable {
  /// Decode these images of the data set, answer with ``ExplorerAction/imagesLoaded(_:)`` and
  /// ``ExplorerAction/imagesUnavailable(_:reason:)``, each index in one of the two.
  case loadImages([Int])
}
