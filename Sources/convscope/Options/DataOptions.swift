import ArgumentParser
import Networks
import Pipeline

/// Which images run, and how they become the network's input.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Images: class folders, a folder with a manifest, CIFAR or MNIST files.", valueName: "path"),
    completion: .file())
  var data: String?

  @Option(help: ArgumentHelp("At most that many images, spread over the classes.", valueName: "n"))
  var limit: Int?

  @Option(
    help: ArgumentHelp("Class names in output order, one a line.", valueName: "file"),
    completion: .file(extensions: ["txt"]))
  var classes: String?

  @Option(
    help: ArgumentHelp(
      "How images are fed to the network, instead of finding out.",
      discussion: """
        A preset (\(PreprocessingSpec.presets.joined(separator: ", "))) or settings: \
        size=224x224,order=bgr,scale=1,mean=0.485/0.456/0.406, \
        std=0.229/0.224/0.225,layout=nchw,resize=crop:256,offset=1; \
        scale is what level 255 becomes, offset counts outputs before the \
        first class, and what is left out follows from the model.
        """, valueName: "spec"))
  var preprocess: String?

  @Option(help: ArgumentHelp("Seed of the order of the images.", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit wants a number of images, 1 or more, not \(limit)")
    }
    if let preprocess { try checkWords(of: preprocess) }
  }
}

extension DataOptions {
  /// Whether it fits the model shows later; what can never be understood shows here.
  private func checkWords(of spec: String) throws {
    let any = Preprocessing(
      height: 1, width: 1, colorOrder: .rgb, layout: .nchw, scale: 1, mean: [0, 0, 0],
      standardDeviation: [1, 1, 1], resize: .stretch)
    do throws(PreprocessingError) {
      _ = try PreprocessingSpec.parse(spec, base: any)
    } catch {
      throw ValidationError("--preprocess \(spec): \(error)")
    }
  }
}

/// What runs the network, and what is kept between runs.
struct EngineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Execution provider of ONNX Runtime, such as CUDA; repeat for a list.", valueName: "name"))
  var provider: [String] = []

  @Option(help: ArgumentHelp("Threads; all cores when not given.", valueName: "n"))
  var threads: Int?

  @Flag(name: .customLong("no-cache"), help: "Neither read nor write the cache.")
  var withoutCache = false

  @Flag(help: "Analyse anew, even when the cache has a result or a half-done one.")
  var fresh = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads wants a number from 1 to 1024, not \(threads)")
    }
  }
}
