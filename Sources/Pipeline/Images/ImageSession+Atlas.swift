import Analysis
import Atlases
import Inference
import Networks

extension ImageSession {
  /// Runs images of the data set that an atlas is of, through the model it is of, fed as they were
  /// for the atlas.
  ///
  /// Fails unless both are the same, byte for byte, as those analysed.
  public convenience init(
    of atlas: Atlas, modelPath: String, dataPath: String
  ) throws(SessionError) {
    let request = AnalysisRequest(modelPath: modelPath, dataPath: dataPath)
    let inputs = try SessionInputs(of: atlas, request)
    var plan = inputs.plan
    plan.classifier = ClassifierTap(
      tensor: TensorRequest(inputs.output.name), outputOfClass: [])
    self.init(
      plan, images: DatasetImages(inputs.dataset, inputs.decision.choice.chosen.preprocessing),
      engine: inputs.engine)
  }
}
