import Foundation

/// The example that lies in the repository: a small network and the images it was made for.
enum Example {
  static let folder: String = {
    var url = URL(filePath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.appending(path: "Examples/shapes").path
  }()

  static let model = folder + "/model.onnx"
  static let images = folder + "/images"

  static func modelBytes() throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: model)))
  }

  /// One of its pictures.
  static func pictureBytes(_ number: Int = 0) throws -> [UInt8] {
    let path = "\(images)/red-disc-plain/00\(number).png"
    return Array(try Data(contentsOf: URL(filePath: path)))
  }

  /// An atlas of a few images, made once beside the program, for tests that only read it.
  static func atlas() throws -> String { try made.get() }

  private static let made = Result {
    let path = URL(filePath: Program.path).deletingLastPathComponent()
      .appending(path: "end-to-end.atlas").path
    let result = try convscope(
      "analyze", model, "--data", images, "--limit", "60", "-o", path,
      "--preprocess", "imagenet", "--no-cache")
    guard result.status == 0 else { throw AnalysisFailed(errors: result.errors) }
    return path
  }

  struct AnalysisFailed: Error {
    var errors: String
  }
}
