import Networks
import Testing

@testable import Explorer

struct PictureCacheTests {
  @Test func `nothing is asked for twice`() {
    var cache = PictureCache()
    #expect(cache.request([1, 2, 1]) == [1, 2])
    #expect(cache.request([1, 2, 3]) == [3])
    cache.insert(LoadedImage(index: 1, pixels: square(4)))
    #expect(cache.request([1, 2, 3]) == [])
  }

  @Test func `what cannot be had is not asked for again`() {
    var cache = PictureCache()
    _ = cache.request([7])
    cache.fail([7], reason: "gone")
    #expect(cache.request([7]) == [])
    #expect(cache.failure(7) == "gone")
  }

  @Test func `memory is bounded, the longest unused go first`() {
    var cache = PictureCache()
    cache.byteLimit = 10 * 48
    for image in 0..<40 {
      _ = cache.request([image, max(0, image - 1)])
      cache.insert(LoadedImage(index: image, pixels: square(4)))
      #expect(cache.byteCount <= cache.byteLimit)
    }
    #expect(cache[39] != nil && cache[38] != nil)
    #expect(cache[0] == nil)
  }

  @Test func `a view larger than the cache does not ask for ever`() {
    var cache = PictureCache()
    cache.byteLimit = 10 * 48
    let needed = Array(0..<40)
    var rounds = 0
    while rounds < 100 {
      let missing = cache.request(needed)
      if missing.isEmpty { break }
      for image in missing { cache.insert(LoadedImage(index: image, pixels: square(4))) }
      rounds += 1
    }
    #expect(rounds < 5)
  }

  @Test func `halvings keep the mean`() {
    let image = PixelImage(
      width: 64, height: 64, channelCount: 1,
      bytes: (0..<64 * 64).map { UInt8(($0 % 64) * 4) })
    let picture = Picture(levels: halvings(image), number: 0)
    #expect(picture.levels.map(\.width) == [64, 32])
    let mean = { (image: PixelImage) in
      image.bytes.reduce(0.0) { $0 + Double($1) } / Double(image.bytes.count)
    }
    #expect(abs(mean(picture.levels[1]) - mean(image)) < 1)
  }

  private func square(_ side: Int) -> PixelImage {
    PixelImage(
      width: side, height: side, channelCount: 3,
      bytes: Array(repeating: 9, count: side * side * 3))
  }
}
