import Foundation
import ModelFiles
import Networks
import Tensors
import Testing

struct ImageCase: Decodable {
  var name: String
  var width: Int
  var height: Int
  var channelCount: Int
  var file: Data
  var pixels: Data

  static func all() throws -> [ImageCase] {
    try reference([ImageCase].self, "image_reference.json")
  }
}

@Suite struct ImageDecodingTests {
  @Test func `every kind of file gives Pillow's pixels`() throws {
    let cases = try ImageCase.all()
    #expect(cases.count == 24)
    for item in cases {
      let image = try decodeImage([UInt8](item.file))
      #expect(image.width == item.width && image.height == item.height, "\(item.name)")
      #expect(image.channelCount == item.channelCount, "\(item.name)")
      #expect(image.bytes == [UInt8](item.pixels), "\(item.name)")
    }
  }

  @Test func `files cut short are refused`() throws {
    for item in try ImageCase.all() {
      let bytes = [UInt8](item.file)
      for share in [3, 10, 40, 60, 80] {
        let kept = Array(bytes.prefix(bytes.count * share / 100))
        #expect(throws: ImageError.self, "\(item.name) at \(share) %") { try decodeImage(kept) }
      }
    }
  }

  @Test func `damaged bytes end in an image or an error`() throws {
    var random = SeededGenerator(seed: 5)
    for item in try ImageCase.all() {
      for _ in 0..<60 {
        var bytes = [UInt8](item.file)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          let place = Int.random(in: bytes.indices, using: &random)
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        if let image = try? decodeImage(bytes) {
          #expect(image.bytes.count == image.width * image.height * image.channelCount)
        }
      }
    }
  }

  @Test func `other formats are named`() {
    let cases: [(text: String, format: ImageFormat)] = [
      ("GIF89a........", .gif), ("RIFF....WEBPVP8 ", .webp), ("BM..........", .bmp),
      ("II*\0........", .tiff), ("MM\0*........", .tiff),
    ]
    for (text, format) in cases {
      #expect(throws: ImageError.unsupported(format)) { try decodeImage(Array(text.utf8)) }
    }
    #expect(ImageError.unsupported(.webp).description.contains("WebP"))
    #expect(throws: ImageError.notAnImage) { try decodeImage(Array("plain text".utf8)) }
    #expect(throws: ImageError.empty) { try decodeImage([]) }
  }

  @Test func `sizes beyond the limits are refused before reading on`() throws {
    let item = try #require(try ImageCase.all().first { $0.name == "rgb" })
    var bytes = [UInt8](item.file)
    bytes.replaceSubrange(16..<24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
    #expect(throws: ImageError.tooLarge(width: 30_000, height: 30_000)) {
      try decodeImage(bytes)
    }
    bytes.replaceSubrange(16..<24, with: [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1])
    #expect(throws: ImageError.tooLarge(width: 0xFFFF_FFFF, height: 1)) {
      try decodeImage(bytes)
    }
    bytes.replaceSubrange(16..<24, with: [0, 0, 0, 0, 0, 0, 0, 1])
    #expect(throws: ImageError.self) { try decodeImage(bytes) }
  }
}
