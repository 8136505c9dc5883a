import Atlases
import Dispatch
import Explorer
import FoundationEssentials
import ModelFiles
import Pipeline

/// The model and the images that an atlas is of, so that they can run in its explorer.
struct AtlasBinding: Sendable {
  let atlas: Atlas
  /// Where both are; what is there counts only if it is what was analysed.
  var request: AnalysisRequest

  init(of atlas: Atlas, modelPath: String, dataPath: String) {
    self.atlas = atlas
    request = AnalysisRequest(modelPath: modelPath, dataPath: dataPath)
  }

  /// Both, opened and checked; reads all of the model.
  func session() throws(SessionError) -> AblationSession {
    try AblationSession(of: atlas, request)
  }

  /// Opens and checks beside the loop; says how that went.
  func start(_ engine: EngineFeed, _ mailbox: Mailbox<LoopMessage>) {
    DispatchQueue(label: "binding", qos: .utility).async { [self] in
      do {
        let source = try session()
        mailbox.post(.imagesFound(path: request.dataPath))
        engine.start(source)
        let model = printable(request.modelPath, limit: 200)
        mailbox.post(.action(.notice("Images run through \(model), the model of this atlas.")))
      } catch {
        let reason = CommandFailure(error).sentence
        mailbox.post(.action(.notice("No image can run: \(reason)")))
      }
    }
  }
}
