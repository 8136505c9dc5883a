import Foundation
import ModelFiles
import Networks
import Tensors
import Testing

private struct ResizeCase: Decodable {
  var sourceWidth: Int
  var sourceHeight: Int
  var channelCount: Int
  var width: Int
  var height: Int
  var shortSide: Int?
  var source: Data
  var result: Data

  var policy: ResizePolicy { shortSide.map { .shortSideThenCenterCrop($0) } ?? .stretch }
}

@Suite struct ResizePlanTests {
  @Test func `resizing gives Pillow's pixels exactly`() throws {
    let cases = try reference([ResizeCase].self, "resize_reference.json")
    #expect(cases.count >= 10)
    for item in cases {
      let image = PixelImage(
        width: item.sourceWidth, height: item.sourceHeight, channelCount: item.channelCount,
        bytes: [UInt8](item.source))
      let resized = image.resized(width: item.width, height: item.height, policy: item.policy)
      #expect(
        resized.bytes == [UInt8](item.result),
        "\(item.sourceWidth)×\(item.sourceHeight) to \(item.width)×\(item.height)")
    }
  }

  @Test func `an image of the right size stays as it is`() {
    let image = noise(width: 9, height: 4, channelCount: 3, seed: 1)
    #expect(image.resized(width: 9, height: 4) == image)
    #expect(image.resized(width: 4, height: 4, policy: .shortSideThenCenterCrop(4)) != image)
  }

  @Test(arguments: UInt64(0)..<40)
  func `a flat image stays flat at any size`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sizes = (0..<4).map { _ in Int.random(in: 1...90, using: &random) }
    let level = UInt8.random(in: 0...255, using: &random)
    let channels = Bool.random(using: &random) ? 1 : 3
    let policy: ResizePolicy =
      Bool.random(using: &random)
      ? .stretch : .shortSideThenCenterCrop(Int.random(in: 1...60, using: &random))
    let image = PixelImage(
      width: sizes[0], height: sizes[1], channelCount: channels,
      bytes: Array(repeating: level, count: sizes[0] * sizes[1] * channels))
    let resized = image.resized(width: sizes[2], height: sizes[3], policy: policy)
    #expect(resized.width == sizes[2] && resized.height == sizes[3])
    #expect(resized.bytes.allSatisfy { $0 == level })
  }

  @Test func `a very long image is cropped without computing the rest`() {
    let image = noise(width: 30_000, height: 1, channelCount: 1, seed: 2)
    let cropped = image.resized(width: 64, height: 64, policy: .shortSideThenCenterCrop(64))
    #expect(cropped.bytes.count == 64 * 64)
  }

  @Test func `the centre survives a crop without resizing`() {
    let bytes = (0..<25).map { UInt8($0) }
    let image = PixelImage(width: 5, height: 5, channelCount: 1, bytes: bytes)
    let cropped = image.resized(width: 3, height: 3, policy: .shortSideThenCenterCrop(5))
    #expect(cropped.bytes == [6, 7, 8, 11, 12, 13, 16, 17, 18])
  }
}

/// An image of random levels.
func noise(width: Int, height: Int, channelCount: Int, seed: UInt64) -> PixelImage {
  var random = SeededGenerator(seed: seed)
  let bytes = (0..<width * height * channelCount).map { _ in
    UInt8.random(in: 0...255, using: &random)
  }
  return PixelImage(width: width, height: height, channelCount: channelCount, bytes: bytes)
}
