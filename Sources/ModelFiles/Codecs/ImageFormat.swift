/// The kinds of image file that are told apart by their first bytes.
public enum ImageFormat: String, Hashable, Sendable, Codable {
  case jpeg = "JPEG"
  case png = "PNG"
  case gif = "GIF"
  case webp = "WebP"
  case bmp = "BMP"
  case tiff = "TIFF"
  case heif = "HEIF"
  case jpegXL = "JPEG XL"
  case jpeg2000 = "JPEG 2000"
  case netpbm = "PNM"

  /// The format whose signature `bytes` begin with; nil when there is none we know.
  public init?(sniffing bytes: Span<UInt8>) {
    guard let found = Self.signatures.first(where: { $0.matches(bytes) }) else { return nil }
    self = found.format
  }

  /// Whether images of this format can be decoded here.
  public var isSupported: Bool { self == .jpeg || self == .png }

  private struct Signature {
    var format: ImageFormat
    var offset = 0
    var bytes: [UInt8]

    func matches(_ file: Span<UInt8>) -> Bool {
      guard file.count >= offset + bytes.count else { return false }
      return bytes.indices.allSatisfy { file[offset + $0] == bytes[$0] }
    }
  }

  private static let signatures: [Signature] = [
    Signature(format: .jpeg, bytes: [0xFF, 0xD8, 0xFF]),
    Signature(format: .png, bytes: pngSignature),
    Signature(format: .gif, bytes: Array("GIF8".utf8)),
    Signature(format: .webp, offset: 8, bytes: Array("WEBP".utf8)),
    Signature(format: .tiff, bytes: [0x49, 0x49, 0x2A, 0x00]),
    Signature(format: .tiff, bytes: [0x4D, 0x4D, 0x00, 0x2A]),
    Signature(format: .heif, offset: 4, bytes: Array("ftypheic".utf8)),
    Signature(format: .heif, offset: 4, bytes: Array("ftypmif1".utf8)),
    Signature(format: .heif, offset: 4, bytes: Array("ftypavif".utf8)),
    Signature(format: .jpegXL, bytes: [0xFF, 0x0A]),
    Signature(format: .jpegXL, offset: 4, bytes: Array("JXL ".utf8)),
    Signature(format: .jpeg2000, offset: 4, bytes: Array("jP  ".utf8)),
    Signature(format: .bmp, bytes: Array("BM".utf8)),
    Signature(format: .netpbm, bytes: Array("P5\n".utf8)),
    Signature(format: .netpbm, bytes: Array("P6\n".utf8)),
  ]

  static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
}
