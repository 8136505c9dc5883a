import Networks

extension RuntimeEngine: PartingEngine {
  /// Prepares the parts; see ``PartingEngine``.
  public func open(
    parts: NetworkParts, path: String, options: SessionOptions
  ) throws(InferenceError) -> any PartedSession {
    var sessions: [RuntimeSession] = []
    for part in parts.parts {
      sessions.append(try session(of: part, path: path, options: options))
    }
    return try RuntimePartedSession(sessions, parts: parts)
  }
}

/// The parts of a network, prepared by ONNX Runtime.
final class RuntimePartedSession: PartedSession {
  let input: NetworkPort
  let parts: [RuntimePart]

  init(_ sessions: [RuntimeSession], parts: NetworkParts) throws(InferenceError) {
    let made = Set(parts.parts.flatMap(\.outputs))
    let ports = sessions.flatMap(\.inputs).filter { !made.contains($0.name) }
    guard let first = ports.first, ports.allSatisfy({ $0.name == first.name }) else {
      throw .severalInputs(ports.map(\.name))
    }
    guard first.elementType.isImageType else {
      throw .unusableInput(name: first.name, type: first.elementType)
    }
    input = first
    self.parts = zip(sessions, parts.parts).map { RuntimePart($0, $1) }
  }

  func makeRun() throws(InferenceError) -> any PartedRun {
    guard let api = parts.first?.session.engine.library.api else { throw .severalInputs([]) }
    return try RuntimePartedRun(api, input: input, parts: parts)
  }

  func cancel() {
    for part in parts { part.session.cancel() }
  }
}

/// A part, and the names of what it reads and makes as the engine wants them.
final class RuntimePart: Sendable {
  let session: RuntimeSession
  let inputs: [String]
  let outputs: [String]

  init(_ session: RuntimeSession, _ part: NetworkPart) {
    self.session = session
    inputs = session.inputs.map(\.name)
    outputs = part.outputs
  }
}
