import Foundation
import Testing

/// Whatever is given as images: one sentence, or a result that says what was left out.
struct BadDataTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func analyze(_ data: String, model: String = Example.model, _ more: String...) throws
    -> CommandResult
  {
    try runCommand(
      Program.path,
      ["analyze", model, "--data", data, "-o", folder.file("a.atlas"), "--no-cache"] + more)
  }

  /// Pictures of the example in class folders.
  private func pictures(_ names: String...) throws -> String {
    for (number, name) in names.enumerated() {
      try folder.write("data/\(name)", Example.pictureBytes(number % 10))
    }
    return folder.file("data")
  }

  @Test func `images that are not there`() throws {
    expectComplaint(try analyze("nowhere/val"), naming: "“nowhere/val”")
    expectComplaint(try convscope(Example.model, "--data", "nowhere/val"), naming: "“nowhere/val”")
  }

  @Test func `an empty folder`() throws {
    expectComplaint(try analyze(folder.path), naming: folder.path)
  }

  @Test func `a folder of text`() throws {
    try folder.write("data/cats/readme.txt", "no picture")
    try folder.write("data/dogs/readme.txt", "no picture")
    expectComplaint(try analyze(folder.file("data")), naming: "data")
  }

  @Test func `a text file where images should be`() throws {
    expectComplaint(try analyze(folder.write("notes.txt", "no picture")), naming: "notes.txt")
  }

  @Test func `a picture that is none is named, the others count`() throws {
    let data = try pictures("red-disc-plain/a.png", "blue-square-plain/b.png")
    try folder.write("data/red-disc-plain/broken.png", "this is no picture")
    try folder.write("data/red-disc-plain/half.png", Array(Example.pictureBytes().prefix(60)))
    let result = try analyze(data, "--json")
    #expect(result.status == 0)
    let done = try JSONLine.last(of: result.output)
    #expect(done["images"] as? Int == 2)
    #expect(done["unreadable"] as? Int == 2)
    let named = (done["unreadable_images"] as? [String] ?? []).joined()
    #expect(named.contains("broken.png") && named.contains("half.png"), "\(named)")
  }

  @Test(.enabled(if: getuid() != 0)) func `a class folder that may not be read is said`() throws {
    let data = try pictures("red-disc-plain/a.png", "blue-square-plain/b.png")
    let closed = data + "/red-disc-plain"
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: closed)
    }
    let result = try analyze(data, "--preprocess", "imagenet")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("red-disc-plain"), "\(result.output)")
  }

  @Test func `an obstacle is one sentence, not two`() throws {
    let model = try folder.write("map.onnx", TinyModel.convolution())
    let result = try analyze(Example.images, model: model)
    expectComplaint(result, naming: "no classifier", "open it without --data")
    #expect(!result.errors.contains(".;"))
  }

  @Test func `pictures that are all none`() throws {
    try folder.write("data/cats/a.png", "no picture")
    try folder.write("data/dogs/b.png", "no picture")
    expectComplaint(try analyze(folder.file("data")), naming: "data")
  }

  @Test func `images without labels run, without an accuracy`() throws {
    let data = try pictures("a.png", "b.png", "c.png")
    let result = try analyze(data, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let done = try JSONLine.last(of: result.output)
    #expect(done["images"] as? Int == 3)
    #expect(done["top1"] == nil)
    let preprocessing = try #require(done["preprocessing"] as? [String: Any])
    #expect(preprocessing["evidence"] as? String != "verified")
  }

  @Test func `a model that is no classifier has a structure but does not run`() throws {
    let model = try folder.write("map.onnx", TinyModel.convolution())
    #expect(try convscope("info", model).status == 0)
    expectComplaint(try analyze(Example.images, model: model), naming: "map.onnx")
  }

  @Test func `a model with fewer outputs than classes does not claim an accuracy it has not`()
    throws
  {
    let model = try folder.write("three.onnx", TinyModel.classifier(classes: 3))
    let result = try analyze(Example.images, model: model, "--limit", "40", "--json")
    if result.status == 0 {
      #expect(try JSONLine.last(of: result.output)["top1"] as? Double ?? 0 < 0.9)
    } else {
      expectComplaint(result)
    }
  }

  @Test func `a class list that is no text`() throws {
    let list = try folder.write("classes.txt", [0xFF, 0xFE, 0, 1])
    let result = try analyze(
      Example.images, "--limit", "20", "--preprocess", "imagenet", "--classes", list)
    if result.status != 0 { expectComplaint(result, naming: "classes.txt") }
    expectComplaint(
      try analyze(Example.images, "--classes", "nowhere.txt"), naming: "nowhere.txt")
  }

  @Test func `a preprocessing that cannot be understood`() throws {
    expectComplaint(
      try analyze(Example.images, "--preprocess", "size=many"), status: 2, naming: "size=many")
  }
}
