import Networks
import Synchronization
import Testing

@testable import Inference

/// Keeps the largest value of each neuron and the block size it saw.
private final class Maxima: MapReducer {
  let blockSizes = Mutex<[Int]>([])
  let isRefusing: Bool
  var numbersPerNeuron: Int { 1 }

  init(isRefusing: Bool = false) { self.isRefusing = isRefusing }

  func imageCount(_ maps: TensorMaps) -> Int? { maps.neuronCount > 99 ? nil : maps.shape[0] }

  func reduce(
    _ values: Span<Float>, _ maps: TensorMaps, into numbers: inout MutableSpan<Float>
  ) -> Bool {
    blockSizes.withLock { $0.append(maps.blockSize) }
    let positions = maps.shape.dropFirst(2).reduce(1, *)
    let (channels, block) = (maps.shape[1], maps.blockSize)
    for image in 0..<maps.shape[0] {
      for neuron in 0..<maps.neuronCount {
        let start = image * channels * positions + neuron / block * block * positions
        numbers[image * maps.neuronCount + neuron] =
          (0..<positions).map { values[start + $0 * block + neuron % block] }.max() ?? 0
      }
    }
    return !isRefusing
  }
}

@Suite(.enabled("no ONNX Runtime on this machine") { EngineUnderTest.isPresent })
struct ReducingSessionTests {
  private let tensor = ReducedTensor(
    name: EngineUnderTest.stem, channelAxis: 1, neuronCount: 16)

  private func outputs(_ session: any InferenceSession, _ name: String) throws -> [Float] {
    let run = try session.makeRun(yielding: [TensorRequest(name)])
    try run.withInput(count: 2 * 3 * 32 * 32) { pixels in
      for index in pixels.indices { pixels[index] = Float((index * 7919) % 251) / 125 - 1 }
    }
    try run.execute(shape: [2, 3, 32, 32])
    return try run.withOutput(0) { _, values in values.indices.map { values[$0] } }
  }

  @Test func `a tensor that cannot be read gives numbers of no image`() throws {
    let odd = ReducedTensor(name: tensor.name, channelAxis: 1, neuronCount: 100)
    let session = try #require(
      try EngineUnderTest.required().open(
        path: EngineUnderTest.shapesModel, reducing: [odd], by: Maxima(),
        options: SessionOptions()))
    #expect(try outputs(session, odd.outputName).isEmpty)
  }

  @Test func `numbers are those of the whole tensor, read in the engine's own order`() throws {
    let engine = try EngineUnderTest.required()
    let reducer = Maxima()
    let session = try #require(
      try engine.open(
        path: EngineUnderTest.shapesModel, reducing: [tensor], by: reducer,
        options: SessionOptions()))
    let found = try outputs(session, tensor.outputName)
    let exposed = try engine.open(
      path: EngineUnderTest.shapesModel, exposing: [tensor.name], options: SessionOptions())
    let whole = try outputs(exposed, tensor.name)
    let expected = (0..<32).map { whole[$0 * 1024..<($0 + 1) * 1024].max() ?? 0 }
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) })
    #expect(found.count == 32)
    #expect(reducer.blockSizes.withLock { $0.allSatisfy { $0 == 1 || $0 % 8 == 0 } })
  }

  @Test func `the network's own output is the same to rounding`() throws {
    let engine = try EngineUnderTest.required()
    let plain = try engine.open(
      path: EngineUnderTest.shapesModel, exposing: [], options: SessionOptions())
    let reducing = try #require(
      try engine.open(
        path: EngineUnderTest.shapesModel, reducing: [tensor], by: Maxima(),
        options: SessionOptions()))
    let name = plain.outputs[0].name
    let pairs = zip(try outputs(plain, name), try outputs(reducing, name))
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test func `a reducer that refuses fails the run, a tensor that is not there the session`() throws
  {
    let engine = try EngineUnderTest.required()
    let session = try #require(
      try engine.open(
        path: EngineUnderTest.shapesModel, reducing: [tensor], by: Maxima(isRefusing: true),
        options: SessionOptions()))
    #expect(throws: InferenceError.self) { try outputs(session, tensor.outputName) }
    let nowhere = ReducedTensor(name: "nowhere", channelAxis: 1, neuronCount: 1)
    let none = try engine.open(
      path: EngineUnderTest.shapesModel, reducing: [nowhere], by: Maxima(),
      options: SessionOptions())
    #expect(none == nil)
  }

  @Test func `the engine lays at least eight channels side by side, or none`() throws {
    let engine = try EngineUnderTest.required()
    let size = try engine.blockSize()
    #expect(size == nil || [4, 8, 16, 32].contains(size))
  }
}
