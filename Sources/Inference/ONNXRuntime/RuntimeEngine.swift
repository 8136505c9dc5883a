import Networks
import Synchronization

/// ONNX Runtime, loaded at run time.
public final class RuntimeEngine: InferenceEngine {
  /// Which library it is and where it was found.
  public let candidate: EngineCandidate
  /// As the library says itself: `1.32.0`.
  public var version: String { library.version }
  /// Names of the processors and accelerators it can run on, CPU last.
  public let providers: [String]

  let library: RuntimeLibrary
  let environment: RuntimeHandle

  /// `ONNX Runtime 1.32.0`.
  public var name: String { "ONNX Runtime \(library.version)" }

  /// Opens the library of `candidate`.
  public init(_ candidate: EngineCandidate) throws(InferenceError) {
    let library = try RuntimeLibrary(path: candidate.path)
    let api = library.api
    do throws(RuntimeFailure) {
      let quiet: Int32 = 4
      environment = unsafe RuntimeHandle(
        try api.make { unsafe api.createEnv(quiet, "convscope", $0) }, api.releaseEnv)
      providers = try api.providerNames()
    } catch {
      throw .engineUnusable(path: candidate.path, reason: error.sentence)
    }
    self.library = library
    self.candidate = EngineCandidate(
      path: candidate.path, origin: candidate.origin, version: library.version)
  }

  /// Opens the first usable library; what the user named must be usable.
  public static func load(_ search: EngineSearch = .current) throws(InferenceError) -> RuntimeEngine
  {
    var firstError: InferenceError?
    for candidate in search.candidates() {
      if let version = candidate.version, !RuntimeLibrary.isUsable(version: version) {
        firstError = firstError ?? .engineNotFound(tooOld: candidate.path)
        guard candidate.origin == "CONVSCOPE_ONNXRUNTIME" else { continue }
        throw .engineNotFound(tooOld: candidate.path)
      }
      do throws(InferenceError) {
        return try RuntimeEngine(candidate)
      } catch {
        if candidate.origin == "CONVSCOPE_ONNXRUNTIME" { throw error }
        firstError = firstError ?? error
      }
    }
    throw firstError ?? .engineNotFound(tooOld: nil)
  }

  /// Prepares the network in the file at `path`; see ``InferenceEngine``.
  public func open(
    path: String, exposing: [String], options: SessionOptions
  ) throws(InferenceError) -> any InferenceSession {
    try RuntimeSession(
      engine: self, environment: environment, path: path, exposing: exposing, options: options)
  }

  /// Prepares one part of the network in the file at `path`.
  func session(
    of part: NetworkPart, path: String, options: SessionOptions
  ) throws(InferenceError) -> RuntimeSession {
    try unsafe part.bytes.span.bytes.withUnsafeBytes { (model) throws(InferenceError) in
      try unsafe RuntimeSession(
        engine: self, environment: environment, model: model, path: path, exposing: [],
        options: options)
    }
  }
}

/// An object of the engine, released with its last reference.
@safe final class RuntimeHandle: @unchecked Sendable {
  let pointer: OpaquePointer
  private let release: RuntimeAPI.Release

  init(_ pointer: OpaquePointer, _ release: RuntimeAPI.Release) {
    unsafe self.pointer = pointer
    unsafe self.release = release
  }

  deinit { unsafe release(pointer) }
}

extension RuntimeAPI {
  /// `CUDAExecutionProvider`, … `CPUExecutionProvider`.
  func providerNames() throws(RuntimeFailure) -> [String] {
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    var count: Int32 = 0
    try unsafe check(availableProviders(&names, &count))
    defer { unsafe discard(releaseProviders(names, count)) }
    return (0..<Int(count)).compactMap { index in
      unsafe names?[index].map { unsafe String(cString: $0) }
    }
  }

  /// Releases a status that changes nothing.
  func discard(_ status: Status) {
    guard let status = unsafe status else { return }
    unsafe releaseStatus(status)
  }
}
