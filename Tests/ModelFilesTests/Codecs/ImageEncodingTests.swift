import ModelFiles
import Networks
import Testing

@Suite struct ImageEncodingTests {
  @Test(arguments: [1, 3])
  func `PNG keeps every pixel`(channelCount: Int) throws {
    let image = noise(width: 33, height: 21, channelCount: channelCount, seed: 8)
    let file = try encodePNG(image)
    #expect(try decodeImage(file) == image)
  }

  @Test(arguments: [1, 3])
  func `JPEG stays close at high quality`(channelCount: Int) throws {
    let bytes = (0..<24 * 16 * channelCount).map { UInt8($0 / channelCount % 24 * 10) }
    let image = PixelImage(width: 24, height: 16, channelCount: channelCount, bytes: bytes)
    let decoded = try decodeImage(try encodeJPEG(image, quality: 95))
    #expect(decoded.width == 24 && decoded.channelCount == channelCount)
    let errors = zip(decoded.bytes, bytes).map { abs(Int($0) - Int($1)) }
    #expect(errors.allSatisfy { $0 <= 12 })
    let small = try encodeJPEG(image, quality: -5)
    #expect(small.count < (try encodeJPEG(image, quality: 95)).count)
  }

  @Test func `an image without pixels is refused`() {
    let image = PixelImage(width: 0, height: 4, channelCount: 3, bytes: [])
    #expect(throws: ImageError.self) { try encodePNG(image) }
    #expect(throws: ImageError.self) { try encodeJPEG(image, quality: 90) }
  }
}
