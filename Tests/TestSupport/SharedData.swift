/// Real models and images that may lie beside a checkout; tests that use them skip without.
public enum SharedData {
  /// Absolute path of `relative` below the shared data folder, for a test file at `#filePath`.
  public static func path(_ relative: String, testFile: String = #filePath) -> String {
    let parts = testFile.split(separator: "/")
    let root = parts.prefix { $0 != "Tests" }.dropLast()
    return "/" + root.joined(separator: "/") + "/shared/data/" + relative
  }
}
