import Glibc

/// An opened ONNX Runtime library. Stays open until the process ends: it runs threads.
@safe struct RuntimeLibrary: Sendable {
  let path: String
  /// As the library says itself: `1.32.0`.
  let version: String
  let api: RuntimeAPI

  /// Version of the function table asked for; every library since 1.16 provides it.
  private static let apiVersion: UInt32 = 16
  /// Oldest minor version of 1.x whose behaviour is relied on.
  static let oldestMinor = 20

  /// `OrtApiBase`: two functions.
  private typealias GetAPI = @convention(c) (UInt32) -> UnsafeRawPointer?
  private typealias GetVersion = @convention(c) () -> UnsafePointer<CChar>?
  private typealias GetBase = @convention(c) () -> UnsafePointer<UnsafeRawPointer?>?

  /// Opens the library at `path` and looks up its table.
  init(path: String) throws(InferenceError) {
    guard let library = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      let reason = unsafe dlerror().map { unsafe String(cString: $0) } ?? "it cannot be opened"
      throw .engineUnusable(path: path, reason: reason)
    }
    guard let symbol = unsafe dlsym(library, "OrtGetApiBase"),
      let base = unsafe unsafeBitCast(symbol, to: GetBase.self)(),
      let first = unsafe base[0], let second = unsafe base[1]
    else { throw .engineUnusable(path: path, reason: "it is no ONNX Runtime") }
    let version = unsafe unsafeBitCast(second, to: GetVersion.self)()
    self.version = unsafe version.map { unsafe String(cString: $0) } ?? "unknown"
    guard Self.isUsable(version: self.version) else { throw .engineNotFound(tooOld: path) }
    guard let table = unsafe unsafeBitCast(first, to: GetAPI.self)(Self.apiVersion) else {
      throw .engineUnusable(path: path, reason: "version \(self.version) lacks a needed interface")
    }
    unsafe api = RuntimeAPI(table: table)
    self.path = path
  }

  /// Whether a version such as `1.32.0` is 1.20 or newer.
  static func isUsable(version: String) -> Bool {
    let parts = version.split(separator: ".").prefix(2).map { Int($0.prefix { $0.isNumber }) ?? -1 }
    guard parts.count == 2 else { return false }
    return parts[0] > 1 || (parts[0] == 1 && parts[1] >= oldestMinor)
  }
}
