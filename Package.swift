// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func module(_ name: String, _ uses: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: uses, swiftSettings: strict)
}

func tests(_ name: String, _ uses: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: uses + ["TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

let coreModules = [
  "Tensors", "Storage", "Networks", "ModelFiles", "Inference", "Analysis", "Layout", "Atlases",
  "Findings", "AtlasFiles", "Pipeline", "Comparison",
]

let package = Package(
  name: "convscope",
  products: [
    .executable(name: "convscope", targets: ["convscope"]),
    .executable(name: "convscope-lab", targets: ["lab"]),
    .library(name: "ConvscopeCore", targets: coreModules),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CTurboJPEG"),
    .systemLibrary(name: "CPNG"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CHeap"),
    .target(name: "CVectorKernels"),
    module("Tensors", ["CVectorKernels"]),
    .target(name: "CSHA256"),
    module("Storage", ["CSHA256"]),
    module("Networks", ["Tensors"]),
    module(
      "ModelFiles",
      ["Storage", "Networks", "Tensors", "CVectorKernels", "CTurboJPEG", "CPNG", "CZlib"]),
    module("Inference", ["Networks", "Tensors"]),
    module("Analysis", ["Tensors", "CVectorKernels"]),
    module("Layout", ["Tensors"]),
    module("Atlases", ["Networks", "Analysis", "Layout", "Tensors"]),
    module("Findings", ["Atlases", "Networks", "Analysis", "Tensors"]),
    module("AtlasFiles", ["Atlases", "Storage", "Networks", "Analysis", "Tensors"]),
    module(
      "Pipeline",
      [
        "AtlasFiles", "Atlases", "Inference", "ModelFiles", "Analysis", "Layout", "Networks",
        "Storage",
        "Tensors",
      ]),
    module("Comparison", ["Atlases", "Analysis", "Networks", "Tensors"]),
    module("Canvas", ["Tensors"]),
    module(
      "Explorer", ["Atlases", "Findings", "Canvas", "Networks", "Analysis", "Layout", "Tensors"]),
    .target(name: "CTerminalSignals"),
    .target(name: "CWatchedSignals"),
    .target(
      name: "Terminal", dependencies: ["Canvas", "CNcurses", "CTerminalSignals"],
      exclude: ["Terminfo/convscope.ti"], swiftSettings: strict),
    .executableTarget(
      name: "convscope",
      dependencies: [
        "Pipeline", "Comparison", "AtlasFiles", "Atlases", "Findings", "Inference", "ModelFiles",
        "Analysis", "Layout", "Networks", "Storage", "Tensors", "Canvas", "Explorer", "Terminal",
        "CHeap", "CWatchedSignals",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "lab",
      dependencies: [
        "Analysis", "Layout", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Canvas", "Tensors"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("Tensors", ["Tensors"]),
    tests("Storage", ["Storage", "Tensors"]),
    tests("Networks", ["Networks", "Tensors"]),
    tests("ModelFiles", ["ModelFiles", "Networks", "Tensors"]),
    tests("Inference", ["Inference", "Networks", "Tensors"]),
    tests("Analysis", ["Analysis", "Tensors"]),
    tests("Layout", ["Layout", "Tensors"]),
    tests("lab", ["lab", "Tensors"]),
    tests("Atlases", ["Atlases", "Networks", "Analysis", "Tensors"]),
    tests("Findings", ["Findings", "Atlases", "Networks", "Analysis", "Tensors"]),
    tests(
      "AtlasFiles", ["AtlasFiles", "Atlases", "Storage", "Networks", "Analysis", "Tensors"]),
    tests(
      "Pipeline",
      [
        "Pipeline", "AtlasFiles", "Atlases", "Inference", "ModelFiles", "Analysis", "Networks",
        "Tensors",
      ]),
    tests("Comparison", ["Comparison", "Atlases", "Analysis", "Networks", "Tensors"]),
    tests("Canvas", ["Canvas", "Tensors"], exclude: ["Frames"]),
    tests(
      "Explorer",
      ["Explorer", "Atlases", "Findings", "Canvas", "Networks", "Analysis", "Layout", "Tensors"],
      exclude: ["Frames"]),
    .executableTarget(
      name: "terminal-probe", dependencies: ["Terminal", "Canvas"], path: "Tests/TerminalProbe",
      swiftSettings: strict),
    tests("Terminal", ["Terminal", "Canvas", "Tensors", "terminal-probe"]),
    tests(
      "convscope",
      [
        "convscope", "Atlases", "Findings", "Canvas", "Explorer", "Networks", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    tests("EndToEnd", []),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzer brings its own main function, so this target links with `--sanitize=fuzzer` only.
if Context.environment["CONVSCOPE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["ModelFiles", "Networks"], swiftSettings: strict))
}
