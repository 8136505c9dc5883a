import Networks

/// 32 × 32 pictures: a colour and a pattern a class, a shift an image.
enum PlantedPictures {
  static func picture(_ image: Int) -> PixelImage {
    let classIndex = image / PlantedAtlas.imagesPerClass
    let shift = image % PlantedAtlas.imagesPerClass
    let hues: [(Int, Int, Int)] = [
      (90, 150, 220), (200, 60, 50), (120, 170, 90), (220, 150, 70), (150, 110, 70),
      (180, 140, 110), (60, 160, 80), (120, 80, 60), (70, 110, 160), (210, 190, 60),
    ]
    let hue = hues[((classIndex % 10) + 10) % 10]
    var bytes: [UInt8] = []
    for y in 0..<32 {
      for x in 0..<32 {
        let light = pattern(classIndex, x + shift, y + shift / 2)
        for channel in [hue.0, hue.1, hue.2] { bytes.append(UInt8(channel * light / 100)) }
      }
    }
    return PixelImage(width: 32, height: 32, channelCount: 3, bytes: bytes)
  }

  /// Brightness in percent.
  private static func pattern(_ classIndex: Int, _ x: Int, _ y: Int) -> Int {
    switch classIndex % 5 {
    case 0: x / 4 % 2 == 0 ? 100 : 45
    case 1: y / 4 % 2 == 0 ? 100 : 45
    case 2: (x / 6 + y / 6) % 2 == 0 ? 100 : 40
    case 3: (x + y) / 5 % 2 == 0 ? 100 : 50
    default:
      (x % 32 - 16) * (x % 32 - 16) + (y % 32 - 16) * (y % 32 - 16) < 100 ? 100 : 35
    }
  }
}
