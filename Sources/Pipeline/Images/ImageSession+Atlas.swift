import Analysis
import Atlases
import Inference
import ModelFiles
import Networks

extension ImageSession {
  /// Runs images of the data set that an atlas is of, through the model it is of, fed as they were
  /// for the atlas.
  ///
  /// Fails unless both are the same, byte for byte, as those analysed.
  public convenience init(
    of atlas: Atlas, modelPath: String, dataPath: String
  ) throws(SessionError) {
    let model = try openModel(modelPath)
    guard model.contentHash() == atlas.provenance.modelHash else {
      throw .otherFiles(reason: "“\(modelPath)” is not the model of this atlas")
    }
    let dataset = try SessionInputs.openDataset(dataPath)
    guard dataset.fingerprint() == atlas.provenance.datasetHash else {
      throw .otherFiles(reason: "“\(dataPath)” does not hold the images of this atlas")
    }
    guard let preprocessing = atlas.provenance.preprocessing?.chosen.preprocessing,
      case .image(_, let output) = model.analysisInput,
      model.network.layers.map(\.neuronCount) == atlas.network.layers.map(\.neuronCount)
    else { throw .otherFiles(reason: "the atlas does not say how its images were fed") }
    let plan = AnalysisPlan(
      modelPath: modelPath, imageShape: preprocessing.imageShape,
      layers: model.network.layers.map { LayerTap($0) }, labels: dataset.index.labels,
      classCount: max(1, dataset.index.classes.count),
      classifier: ClassifierTap(tensor: TensorRequest(output.name), outputOfClass: []),
      order: BalancedOrder(labels: [], seed: 0))
    self.init(
      plan, images: DatasetImages(dataset, preprocessing),
      engine: try SessionInputs.loadEngine())
  }
}
