import ModelFiles

/// A checkpoint as the engine can run it: an ONNX file, or a graph's copy with its weights.
struct RunnableMember {
  let path: String
  let model: ModelFile
  /// The graph beside which labels lie; nil where that is the model itself.
  let companionPath: String?
  /// The checkpoint whose weights were put into that graph.
  private let checkpointPath: String?
  /// Holds the copy, where there is one.
  private let copy: BoundModel?

  /// - Returns: Nil for weights without a graph.
  init?(_ member: RunMember) throws(RunError) {
    switch member.contents {
    case .weights: return nil
    case .model(let model):
      (path, self.model, companionPath, copy) = (model.path, model, nil, nil)
      checkpointPath = nil
    case .bound(let binding):
      do {
        let copy = try BoundModel(binding)
        (path, model) = (copy.path, try ModelFile(path: copy.path))
        (companionPath, self.copy) = (binding.graph.path, copy)
        checkpointPath = member.file.path
      } catch let error as BindingError {
        throw .checkpoints(.tensorUnavailable(name: member.file.stem, reason: "\(error)"))
      } catch {
        throw .noneReadable(path: member.file.path, reason: "\(error)")
      }
    }
  }

  /// The same request about this model.
  func request(like request: AnalysisRequest) -> AnalysisRequest {
    var own = request
    own.modelPath = path
    own.companionPath = companionPath
    own.checkpointPath = checkpointPath
    return own
  }
}
