/// Session settings in the engine's terms.
enum RuntimeSettings {
  /// `GraphOptimizationLevel`: none, and everything including memory layout.
  private static let (unoptimized, optimized): (Int32, Int32) = (0, 99)
  /// `OrtLoggingLevel` fatal: the screen belongs to the terminal.
  private static let quiet: Int32 = 4

  static func make(
    _ options: SessionOptions, engine: RuntimeEngine, modelPath: String
  ) throws(InferenceError) -> RuntimeHandle {
    let api = engine.library.api
    do throws(RuntimeFailure) {
      let settings = try unsafe RuntimeHandle(
        api.make { unsafe api.createOptions($0) }, unsafe api.releaseOptions)
      let pointer = unsafe settings.pointer
      try unsafe api.check(api.setLogSeverity(pointer, quiet))
      let level = options.isOptimized ? optimized : unoptimized
      try unsafe api.check(api.setOptimization(pointer, level))
      let threadCount = Int32(clamping: max(1, options.threadCount))
      try unsafe api.check(api.setThreadCount(pointer, threadCount))
      try unsafe api.check(api.setInterOpThreadCount(pointer, 1))
      for (key, value) in entries(modelPath: modelPath) {
        try unsafe api.check(api.addConfigEntry(pointer, key, value))
      }
      try addProvider(options.provider, to: settings, engine: engine)
      return settings
    } catch {
      guard let provider = options.provider else { throw .runFailed(error.sentence) }
      throw .providerUnavailable(
        name: provider, available: engine.providers.map(shortName), reason: error.sentence)
    }
  }

  private static func entries(modelPath: String) -> [(String, String)] {
    let folder = modelPath.lastIndex(of: "/").map { String(modelPath[..<$0]) } ?? "."
    return [
      // Workers of ours share the cores with the engine's threads.
      ("session.intra_op.allow_spinning", "0"),
      // Where weights outside the model file are, as it comes from memory.
      (
        "session.model_external_initializers_file_folder_path",
        folder.isEmpty ? "/" : folder
      ),
    ]
  }

  /// `cuda` of `CUDAExecutionProvider`.
  static func shortName(_ provider: String) -> String {
    let suffix = "ExecutionProvider"
    return (provider.hasSuffix(suffix) ? String(provider.dropLast(suffix.count)) : provider)
      .lowercased()
  }

  private static func addProvider(
    _ name: String?, to settings: RuntimeHandle, engine: RuntimeEngine
  ) throws(RuntimeFailure) {
    guard let name, name.lowercased() != "cpu" else { return }
    guard let known = engine.providers.first(where: { shortName($0) == name.lowercased() }) else {
      throw RuntimeFailure(code: 2, message: "it was built without it")
    }
    let api = engine.library.api
    switch name.lowercased() {
    case "cuda":
      let cuda = try unsafe RuntimeHandle(
        api.make { unsafe api.createCUDAOptions($0) }, unsafe api.releaseCUDAOptions)
      try unsafe api.check(api.appendCUDA(settings.pointer, cuda.pointer))
    case "tensorrt":
      let tensorRT = try unsafe RuntimeHandle(
        api.make { unsafe api.createTensorRTOptions($0) }, unsafe api.releaseTensorRTOptions)
      try unsafe api.check(api.appendTensorRT(settings.pointer, tensorRT.pointer))
    default:
      let suffix = "ExecutionProvider"
      let own = known.hasSuffix(suffix) ? String(known.dropLast(suffix.count)) : known
      try unsafe api.check(api.appendProvider(settings.pointer, own, nil, nil, 0))
    }
  }
}
