import FoundationEssentials

/// A library that may be an engine, found on this machine.
public struct EngineCandidate: Hashable, Sendable {
  public var path: String
  /// Where it was found, for people: `CONVSCOPE_ONNXRUNTIME`, `beside convscope`…
  public var origin: String
  /// From the file's name; nil when it does not tell.
  public var version: String?

  public init(path: String, origin: String, version: String?) {
    self.path = path
    self.origin = origin
    self.version = version
  }
}

/// Looks for ONNX Runtime where people have it, in the order in which it is to be taken.
public struct EngineSearch: Sendable {
  /// Environment variables by name.
  public var environment: [String: String]
  /// Of the running program; its folders are searched.
  public var executablePath: String

  public init(environment: [String: String], executablePath: String) {
    self.environment = environment
    self.executablePath = executablePath
  }

  /// The search for the program that is running.
  public static var current: EngineSearch {
    let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return EngineSearch(
      environment: ProcessInfo.processInfo.environment, executablePath: executable ?? "")
  }

  /// Every library found, first choice first, each once.
  public func candidates() -> [EngineCandidate] {
    var seen: Set<String> = []
    return (named() + nearby() + system() + pythons()).filter { seen.insert($0.path).inserted }
  }

  /// What the user named, existing or not: a wrong name is to be reported, not passed over.
  private func named() -> [EngineCandidate] {
    guard let path = environment["CONVSCOPE_ONNXRUNTIME"], !path.isEmpty else { return [] }
    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    return [
      EngineCandidate(
        path: path, origin: "CONVSCOPE_ONNXRUNTIME",
        version: version(of: path) ?? target.flatMap(version))
    ]
  }

  private func nearby() -> [EngineCandidate] {
    let folder = parent(executablePath)
    guard !folder.isEmpty else { return [] }
    var found = libraries(in: folder, origin: "beside convscope")
    found += libraries(in: parent(folder) + "/lib/convscope", origin: "lib/convscope")
    var ancestor = folder
    for _ in 0..<8 where !ancestor.isEmpty {
      for engine in folders(matching: "onnxruntime-", in: ancestor + "/.build/engine") {
        found += libraries(in: engine, origin: "set up with the source tree")
      }
      ancestor = parent(ancestor)
    }
    return found
  }

  private func system() -> [EngineCandidate] {
    let listed = (environment["LD_LIBRARY_PATH"] ?? "").split(separator: ":").map(String.init)
    let usual = [
      "/usr/local/lib", "/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu",
      "/usr/lib/aarch64-linux-gnu", "/opt/onnxruntime/lib",
    ]
    return listed.flatMap { libraries(in: $0, origin: "LD_LIBRARY_PATH") }
      + usual.flatMap { libraries(in: $0, origin: "system library") }
  }

  private func pythons() -> [EngineCandidate] {
    var prefixes = [environment["VIRTUAL_ENV"], environment["CONDA_PREFIX"]].compactMap { $0 }
    for folder in (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    where ["python3", "python"].contains(where: { exists(folder + "/" + $0) }) {
      prefixes.append(parent(folder))
    }
    if let home = environment["HOME"], !home.isEmpty {
      prefixes.append(home + "/.local")
      prefixes += folders(matching: "", in: home + "/.pyenv/versions")
      prefixes += ["miniconda3", "anaconda3", "miniforge3"].map { home + "/" + $0 }
    }
    prefixes += ["/usr/local", "/usr", "/opt/conda"]
    return prefixes.flatMap(pythonLibraries)
  }

  private func pythonLibraries(below prefix: String) -> [EngineCandidate] {
    folders(matching: "python3", in: prefix + "/lib").flatMap { python in
      ["site-packages", "dist-packages"].flatMap { packages in
        libraries(in: "\(python)/\(packages)/onnxruntime/capi", origin: "a Python's onnxruntime")
      }
    }
  }
}

extension EngineSearch {
  /// Libraries in `folder`, newest version first.
  private func libraries(in folder: String, origin: String) -> [EngineCandidate] {
    entries(of: folder).filter { $0.hasPrefix("libonnxruntime.so") }
      .map { EngineCandidate(path: "\(folder)/\($0)", origin: origin, version: version(of: $0)) }
      .sorted { numbers($1.version).lexicographicallyPrecedes(numbers($0.version)) }
  }

  private func folders(matching prefix: String, in folder: String) -> [String] {
    entries(of: folder).filter { $0.hasPrefix(prefix) }
      .sorted { numbers($1).lexicographicallyPrecedes(numbers($0)) }.map { "\(folder)/\($0)" }
  }

  private func entries(of folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  private func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// `1.32.0` of `…/libonnxruntime.so.1.32.0`; a mere `1` says too little.
  private func version(of path: String) -> String? {
    guard let start = path.firstRange(of: ".so.")?.upperBound else { return nil }
    return path[start...].contains(".") ? String(path[start...]) : nil
  }

  /// The numbers in a name, for sorting: `python3.11` becomes 3, 11.
  private func numbers(_ text: String?) -> [Int] {
    (text ?? "").split { !$0.isNumber }.map { Int($0) ?? 0 }
  }
}
