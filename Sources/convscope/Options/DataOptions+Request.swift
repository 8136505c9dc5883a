import Pipeline

extension DataOptions {
  /// What to run, as the pipeline takes it.
  ///
  /// - Throws: ``CommandFailure`` when a path leads nowhere.
  func request(model: String, engine: EngineOptions) throws(CommandFailure) -> AnalysisRequest {
    let path = try InputPath.file(model)
    var request = AnalysisRequest(modelPath: path, dataPath: try InputPath.existing(data ?? ""))
    try fill(&request, engine: engine)
    return request
  }

  /// Everything but the paths of model and images.
  func fill(_ request: inout AnalysisRequest, engine: EngineOptions) throws(CommandFailure) {
    if let classes { request.classesFile = try InputPath.file(classes) }
    request.limit = limit
    request.seed = seed
    request.preprocessing = preprocess
    engine.fill(&request)
  }
}

extension EngineOptions {
  /// What runs the network, and what is kept.
  func fill(_ request: inout AnalysisRequest) {
    request.threadCount = threads
    request.providers = provider
    request.usesCache = !withoutCache
    request.ignoresCached = fresh
  }
}
