import Networks

/// Runs parts on one thread; what they make stays with the engine until it is made anew.
@safe final class RuntimePartedRun: PartedRun {
  private let api: RuntimeAPI
  private let parts: [RuntimePart]
  private let names: [(inputs: [NameBuffer], outputs: [NameBuffer])]
  private let inputName: String
  private let input: RuntimeInput
  private let memory: RuntimeMemory
  private let scratch = RawBuffer()
  /// Tensors of the present batch, by name, as they were made.
  private var values: [String: RuntimeHandle] = [:]
  private var changed: [String: ChangedTensor] = [:]

  init(
    _ api: RuntimeAPI, input: NetworkPort, parts: [RuntimePart]
  ) throws(InferenceError) {
    self.api = api
    self.parts = parts
    names = parts.map { ($0.inputs.map(NameBuffer.init), $0.outputs.map(NameBuffer.init)) }
    inputName = input.name
    self.input = try RuntimeInput(api, type: input.elementType)
    memory = try RuntimeMemory(api)
  }

  func withInput<Result>(
    count: Int, part: Range<Int>, _ body: (inout MutableSpan<Float>) throws -> Result
  ) throws -> Result {
    try input.lend(count: count, part: part, body)
  }

  func execute(part index: Int, shape: [Int]) throws(InferenceError) {
    do throws(RuntimeFailure) {
      if index == 0 {
        values = [inputName: try input.tensor(shape: shape)]
      }
      try run(index)
    } catch {
      throw error.whileRunning(shape)
    }
  }

  private func run(_ index: Int) throws(RuntimeFailure) {
    let part = parts[index]
    var tensors: [OpaquePointer?] = unsafe []
    for name in part.inputs { unsafe tensors.append(try value(name).pointer) }
    let inputNames = unsafe names[index].inputs.map { unsafe UnsafePointer<CChar>?($0.pointer) }
    let outputNames = unsafe names[index].outputs.map { unsafe UnsafePointer<CChar>?($0.pointer) }
    var results: [OpaquePointer?] = unsafe Array(repeating: nil, count: part.outputs.count)
    let status = unsafe api.run(
      part.session.handle.pointer, part.session.runOptions.pointer, inputNames, tensors,
      tensors.count, outputNames, outputNames.count, &results)
    for (place, name) in part.outputs.enumerated() {
      guard let result = unsafe results[place] else { continue }
      changed[name]?.isActive = false
      values[name] = unsafe RuntimeHandle(result, api.releaseValue)
    }
    try unsafe api.check(status)
  }

  /// A tensor as the parts are to see it.
  private func value(_ name: String) throws(RuntimeFailure) -> RuntimeHandle {
    if let change = changed[name], change.isActive { return change.tensor }
    return try original(name)
  }

  private func original(_ name: String) throws(RuntimeFailure) -> RuntimeHandle {
    guard let value = values[name] else {
      throw RuntimeFailure(code: 1, message: "the tensor \(name) was not made yet")
    }
    return value
  }

  func withTensor<Result>(
    _ request: TensorRequest, _ body: (_ shape: [Int], _ values: Span<Float>) throws -> Result
  ) throws -> Result {
    guard let value = values[request.name] else {
      throw InferenceError.noSuchTensor(request.name)
    }
    return try unsafe api.lend(value.pointer, as: request, scratch: scratch, body)
  }

  func replace(_ name: String, by other: String) throws(InferenceError) {
    do throws(RuntimeFailure) {
      let (own, substitute) = (try original(name), try original(other))
      let facts = try unsafe api.facts(of: own.pointer)
      let found = try unsafe api.facts(of: substitute.pointer)
      guard facts.shape == found.shape, facts.type == found.type else {
        throw RuntimeFailure(
          code: 1, message: "it has the shape \(facts.shape), \(other) \(found.shape)")
      }
      changed[name]?.isActive = false
      values[name] = substitute
    } catch {
      throw .unusableTensor(name: name, reason: error.sentence)
    }
  }

  func change(
    _ tensor: TensorRequest, axis: Int, channels: [Int], to replacements: [Float]
  ) throws(InferenceError) {
    precondition(channels.count == replacements.count)
    do throws(RuntimeFailure) {
      let original = try original(tensor.name)
      let change: ChangedTensor
      if let known = changed[tensor.name], known.isActive {
        change = known
        change.takeBack()
      } else {
        change = try ChangedTensor(
          copying: original, buffer: changed[tensor.name]?.buffer ?? RawBuffer(), api, memory)
        changed[tensor.name] = change
      }
      try change.set(channels, axis: axis, to: replacements, tensor)
    } catch {
      throw .unusableTensor(name: tensor.name, reason: error.sentence)
    }
  }
}

/// A copy of a tensor some of whose channels have other values.
@safe final class ChangedTensor {
  let tensor: RuntimeHandle
  let buffer: RawBuffer
  /// False once the batch it belongs to is over.
  var isActive = true
  private let original: RuntimeHandle
  private let source: UnsafeRawPointer
  private let facts: TensorFacts
  private var changes: [(axis: Int, channel: Int)] = []

  /// - Parameter buffer: Where the copy lies; taken over.
  init(
    copying original: RuntimeHandle, buffer: RawBuffer, _ api: RuntimeAPI, _ memory: RuntimeMemory
  ) throws(RuntimeFailure) {
    facts = try unsafe api.facts(of: original.pointer)
    unsafe source = UnsafeRawPointer(try api.data(of: original.pointer))
    guard let count = facts.count, facts.type.byteCount > 0 else {
      throw RuntimeFailure(code: 1, message: "it holds \(facts.type.rawValue) values")
    }
    buffer.resize(byteCount: count * facts.type.byteCount)
    unsafe buffer.bytes.copyMemory(
      from: UnsafeRawBufferPointer(start: source, count: count * facts.type.byteCount))
    tensor = try memory.tensor(over: buffer, facts.type, shape: facts.shape)
    self.buffer = buffer
    self.original = original
  }

  /// Gives the changed channels their own values again.
  func takeBack() {
    for (axis, channel) in changes {
      forEachRun(axis, channel) { range in
        unsafe UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[range]).copyMemory(
          from: UnsafeRawBufferPointer(start: source + range.lowerBound, count: range.count))
      }
    }
    changes = []
  }

  func set(
    _ channels: [Int], axis: Int, to values: [Float], _ request: TensorRequest
  ) throws(RuntimeFailure) {
    guard facts.shape.indices.contains(axis),
      channels.allSatisfy({ (0..<facts.shape[axis]).contains($0) })
    else { throw RuntimeFailure(code: 1, message: "it has the shape \(facts.shape)") }
    for (channel, value) in zip(channels, values) {
      guard let element = ElementConversion.element(value, as: facts.type, request) else {
        throw RuntimeFailure(code: 1, message: "it holds \(facts.type.rawValue) values")
      }
      changes.append((axis, channel))
      forEachRun(axis, channel) { range in
        unsafe fill(UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[range]), with: element)
      }
    }
  }

  /// Bytes of a channel, as far as they lie together, one range after the other.
  private func forEachRun(_ axis: Int, _ channel: Int, _ body: (Range<Int>) -> Void) {
    let inner = facts.shape[(axis + 1)...].reduce(facts.type.byteCount, *)
    let outer = facts.shape[..<axis].reduce(1, *)
    for index in 0..<outer {
      let start = (index * facts.shape[axis] + channel) * inner
      body(start..<start + inner)
    }
  }
}

/// Writes an element over and over: once, then what is written, twice as much each time.
private func fill(_ bytes: UnsafeMutableRawBufferPointer, with element: [UInt8]) {
  unsafe bytes.copyBytes(from: element)
  var done = element.count
  while done < bytes.count {
    let part = min(done, bytes.count - done)
    unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[done..<done + part]).copyMemory(
      from: UnsafeRawBufferPointer(rebasing: bytes[..<part]))
    done += part
  }
}
