import Foundation
import ModelFiles
import Networks
import Testing

/// A JPEG file's start whose EXIF segment holds one directory entry.
private func jpegStart(tag: [UInt8], value: [UInt8], entryCount: UInt8 = 1) -> [UInt8] {
  let header = Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8]
  let segment = header + [0, entryCount] + tag + [0, 3, 0, 0, 0, 1] + value + [0, 0]
  return [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(segment.count + 2)] + segment + [0xFF, 0xDA, 0, 0]
}

@Suite struct ExifOrientationTests {
  @Test func `the tag is read in Motorola order`() {
    for orientation in UInt8(1)...8 {
      let bytes = jpegStart(tag: [0x01, 0x12], value: [0, orientation])
      #expect(exifOrientation(ofJPEG: bytes.span) == Int(orientation))
    }
  }

  @Test func `anything else means upright`() {
    let odd: [[UInt8]] = [
      [], [0xFF, 0xD8], jpegStart(tag: [0x01, 0x12], value: [0, 9]),
      jpegStart(tag: [0x01, 0x12], value: [0, 0]), jpegStart(tag: [0x01, 0x13], value: [0, 6]),
      jpegStart(tag: [0x01, 0x13], value: [0, 6], entryCount: 255),
    ]
    for bytes in odd { #expect(exifOrientation(ofJPEG: bytes.span) == 1) }
  }

  @Test func `every prefix and every single changed byte is safe`() {
    let bytes = jpegStart(tag: [0x01, 0x12], value: [0, 6])
    for count in bytes.indices {
      #expect((1...8).contains(exifOrientation(ofJPEG: bytes.span.extracting(0..<count))))
      for value in [0, 0x7F, 0xFF] as [UInt8] {
        var changed = bytes
        changed[count] = value
        #expect((1...8).contains(exifOrientation(ofJPEG: changed.span)))
      }
    }
  }

  @Test func `turning four times or mirroring twice gives the image back`() {
    let image = noise(width: 5, height: 3, channelCount: 3, seed: 9)
    for orientation in [2, 3, 4, 5, 7] {
      #expect(
        image.turnedUpright(from: orientation).turnedUpright(from: orientation) == image)
    }
    #expect(image.turnedUpright(from: 6).turnedUpright(from: 8) == image)
    let quarter = image.turnedUpright(from: 6)
    #expect(quarter.width == 3 && quarter.height == 5)
    #expect(quarter.turnedUpright(from: 6) == image.turnedUpright(from: 3))
    #expect(quarter.rgb(0, 2) == image.rgb(0, 0))
  }
}
