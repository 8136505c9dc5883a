import ModelFiles
import Networks
import Testing

private func preprocessing(
  _ order: ColorOrder, _ layout: ChannelLayout, width: Int, height: Int
) -> Preprocessing {
  let isGray = order == .gray
  return Preprocessing(
    height: height, width: width, colorOrder: order, layout: layout, scale: 1 / 255,
    mean: isGray ? [0.25] : [0.1, 0.2, 0.3],
    standardDeviation: isGray ? [0.5] : [0.5, 2, 4], resize: .stretch)
}

private func written(_ image: PixelImage, as preprocessing: Preprocessing) -> [Float] {
  let writer = InputWriter(preprocessing)
  var input = [Float](repeating: .nan, count: writer.elementCount)
  var span = input.mutableSpan
  writer.write(image, into: &span)
  return input
}

@Suite struct InputWriterTests {
  @Test(arguments: [ColorOrder.rgb, .bgr], [ChannelLayout.nchw, .nhwc])
  func `each value is scaled, centred and divided in its place`(
    order: ColorOrder, layout: ChannelLayout
  ) {
    let image = noise(width: 5, height: 3, channelCount: 3, seed: 3)
    let recipe = preprocessing(order, layout, width: 5, height: 3)
    let input = written(image, as: recipe)
    for y in 0..<3 {
      for x in 0..<5 {
        for channel in 0..<3 {
          let source = order == .bgr ? 2 - channel : channel
          let level = Float(image.bytes[(y * 5 + x) * 3 + source])
          let expected =
            (level / 255 - recipe.mean[channel]) / recipe.standardDeviation[channel]
          let place = layout == .nchw ? (channel * 3 + y) * 5 + x : (y * 5 + x) * 3 + channel
          #expect(abs(input[place] - expected) < 1e-6)
        }
      }
    }
  }

  @Test func `grey images repeat in every channel`() {
    let image = noise(width: 4, height: 4, channelCount: 1, seed: 4)
    let input = written(image, as: preprocessing(.bgr, .nchw, width: 4, height: 4))
    for pixel in 0..<16 {
      let level = Float(image.bytes[pixel]) / 255
      #expect(abs(input[pixel] - (level - 0.1) / 0.5) < 1e-6)
      #expect(abs(input[32 + pixel] - (level - 0.3) / 4) < 1e-6)
    }
  }

  @Test func `colour becomes grey by Pillow's luma`() {
    let image = PixelImage(
      width: 3, height: 1, channelCount: 3, bytes: [255, 0, 0, 0, 255, 0, 10, 20, 200])
    #expect(image.grayscale().bytes == [76, 150, 38])
    let input = written(image, as: preprocessing(.gray, .nchw, width: 3, height: 1))
    #expect(abs(input[1] - (150.0 / 255 - 0.25) / 0.5) < 1e-6)
  }

  @Test func `other sizes are resized on the way`() {
    let image = noise(width: 11, height: 7, channelCount: 3, seed: 5)
    var recipe = preprocessing(.rgb, .nhwc, width: 6, height: 6)
    #expect(
      written(image, as: recipe) == written(image.resized(width: 6, height: 6), as: recipe))
    recipe.resize = .shortSideThenCenterCrop(7)
    let cropped = image.resized(width: 6, height: 6, policy: recipe.resize)
    recipe.resize = .stretch
    let expected = written(cropped, as: recipe)
    recipe.resize = .shortSideThenCenterCrop(7)
    #expect(written(image, as: recipe) == expected)
  }
}
