import Atlases
import Networks
import Storage
import Tensors

/// Neurons as a file for pruning scripts: `Docs/MASKS.md` describes it.
struct NeuronMask: Encodable {
  struct Layer: Encodable {
    /// As convscope calls it, and the tensor that its neurons' values are in.
    var name: String
    var outputTensor: String
    /// The axis of that tensor along which the neurons lie.
    var channelAxis: Int
    var neuronCount: Int
    /// Channels or units to take away, from 0, ascending.
    var neurons: [Int]
  }

  var format = "convscope-mask"
  var version = 1
  var model: String
  var layers: [Layer]

  init(_ neurons: [LayerNeurons], _ network: Network) {
    model = network.name
    layers = neurons.map { part in
      let layer = network[part.layer]
      return Layer(
        name: layer.name, outputTensor: layer.outputTensor, channelAxis: layer.channelAxis,
        neuronCount: layer.neuronCount, neurons: part.neurons)
    }
  }

  func write(to path: String) throws(CommandFailure) {
    let path = try OutputPath.writable(path, as: .json)
    try about(path) { try replaceFile(path, with: Array((jsonLine(self) + "\n").utf8)) }
  }
}

/// Writes the neurons to `path` and says so, or why not.
func exportedMask(_ neurons: [LayerNeurons], _ network: Network, to path: String) -> String {
  do throws(CommandFailure) {
    try NeuronMask(neurons, network).write(to: path)
    let count = neurons.reduce(0) { $0 + $1.neurons.count }
    return "\(NumberText.counted(count, "neuron")) written to \(path)"
  } catch {
    return error.sentence
  }
}
