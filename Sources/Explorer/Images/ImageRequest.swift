/// Images to run through the network with every layer at hand.
package struct ImageRequest: Hashable, Sendable {
  /// What for; a newer request for the same purpose makes an older one needless.
  package enum Purpose: Hashable, Sendable {
    /// The image that is looked at.
    case look
    /// A column beside the classes.
    case pin
  }

  package var purpose: Purpose
  /// Images of the data set; none ends what runs for this purpose.
  package var images: [Int]
  /// The layer whose feature maps are wanted first; nil where none are.
  package var layer: Int?

  package init(_ purpose: Purpose, images: [Int], layer: Int? = nil) {
    self.purpose = purpose
    self.images = images
    self.layer = layer
  }
}
