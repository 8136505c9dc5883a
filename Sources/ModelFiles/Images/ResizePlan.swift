public import Networks

/// How images of one size become another: weights worked out once, for any number of images.
///
/// Antialiased bilinear, identical to Pillow's `Image.resize(size, BILINEAR)` on 8 bits: a
/// horizontal pass, then a vertical one, with 8 bits between. Cropping happens before the
/// work, so that only pixels which survive are computed.
public struct ResizePlan: Hashable, Sendable {
  public let sourceWidth: Int
  public let sourceHeight: Int
  public let width: Int
  public let height: Int
  /// False where every pixel stays as it is.
  private let isNeeded: Bool
  private let columns: AxisWeights
  /// Rows of the source that are needed.
  private let sourceRows: Range<Int>
  /// Of these.
  private let rows: AxisWeights

  /// A plan from one size to another under a policy.
  ///
  /// The centre crop is torchvision's: the long side is cut to a whole number, the offsets
  /// round half to even. A short side too small to cover the target grows until it does.
  ///
  /// - Precondition: all sizes are at least 1.
  public init(
    sourceWidth: Int, sourceHeight: Int, width: Int, height: Int, policy: ResizePolicy
  ) {
    self.sourceWidth = sourceWidth
    self.sourceHeight = sourceHeight
    self.width = width
    self.height = height
    let resized = Self.resizedSize(
      sourceWidth: sourceWidth, sourceHeight: sourceHeight, width: width, height: height,
      policy: policy)
    let left = Self.centeredStart(of: width, in: resized.width)
    let top = Self.centeredStart(of: height, in: resized.height)
    isNeeded =
      resized.width != sourceWidth || resized.height != sourceHeight
      || resized.width != width || resized.height != height
    columns = AxisWeights(
      sourceCount: sourceWidth, resizedCount: resized.width, range: left..<left + width)
    let rows = AxisWeights(
      sourceCount: sourceHeight, resizedCount: resized.height, range: top..<top + height)
    sourceRows = rows.sources
    self.rows = rows.beginning(at: sourceRows.lowerBound)
  }

  /// The size before cropping; at least `width` × `height`.
  private static func resizedSize(
    sourceWidth: Int, sourceHeight: Int, width: Int, height: Int, policy: ResizePolicy
  ) -> (width: Int, height: Int) {
    guard case .shortSideThenCenterCrop(let short) = policy else { return (width, height) }
    let side = max(short, 1)
    let isWide = sourceWidth > sourceHeight
    let fitted =
      isWide
      ? (width: side * sourceWidth / sourceHeight, height: side)
      : (width: side, height: side * sourceHeight / sourceWidth)
    if fitted.width >= width && fitted.height >= height { return fitted }
    let scale = max(
      Double(width) / Double(sourceWidth), Double(height) / Double(sourceHeight))
    return (
      max(width, Int((Double(sourceWidth) * scale).rounded())),
      max(height, Int((Double(sourceHeight) * scale).rounded()))
    )
  }

  private static func centeredStart(of length: Int, in available: Int) -> Int {
    Int((Double(available - length) / 2).rounded(.toNearestOrEven))
  }

  /// The image in its new size.
  ///
  /// - Precondition: the image has the plan's source size.
  public func resize(_ image: PixelImage) -> PixelImage {
    precondition(image.width == sourceWidth && image.height == sourceHeight)
    guard isNeeded else { return image }
    let narrowed = resampleColumns(image, rows: sourceRows, by: columns)
    let bytes = resampleRows(narrowed, rowSize: width * image.channelCount, by: rows)
    return PixelImage(
      width: width, height: height, channelCount: image.channelCount, bytes: bytes)
  }
}

extension PixelImage {
  /// The image in another size; see ``ResizePlan`` for several images of one size.
  public func resized(
    width newWidth: Int, height newHeight: Int, policy: ResizePolicy = .stretch
  ) -> PixelImage {
    ResizePlan(
      sourceWidth: width, sourceHeight: height, width: newWidth, height: newHeight,
      policy: policy
    ).resize(self)
  }
}
