/// What ONNX Runtime answered instead of doing as asked.
struct RuntimeFailure: Error {
  /// `OrtErrorCode`: 1 fail, 2 invalid argument, 3 no such file, 9 not implemented…
  var code: Int
  var message: String

  var isOutOfMemory: Bool {
    message.contains("Failed to allocate memory") || message.contains("bad_alloc")
      || message.contains("smaller than requested bytes")
  }

  /// The message without file positions and on one line, at most 300 characters, no full stop.
  var sentence: String {
    var text = message
    for marker in ["Error: ", "failed:"] {
      if let range = text.lastRange(of: marker) { text = String(text[range.upperBound...]) }
    }
    let words = text.split { $0.isNewline || $0 == " " }
      .drop { $0.contains(".cc:") || $0.contains(".h:") }
    let line = words.joined(separator: " ").prefix(300)
    return String(line.hasSuffix(".") ? line.dropLast() : line)
  }

  /// The operator that the engine said it does not know.
  var unknownOperator: String? {
    if let end = message.firstRange(of: " is not a registered function/op")?.lowerBound {
      let name = message[..<end].split(separator: " ").last ?? ""
      return String(name.prefix { $0 != "(" })
    }
    if let start = message.firstRange(of: "Could not find an implementation for ")?.upperBound {
      return String(message[start...].prefix { $0 != "(" && $0 != " " })
    }
    return nil
  }
}

extension String {
  fileprivate func lastRange(of text: String) -> Range<Index>? {
    ranges(of: text).last
  }
}

extension RuntimeAPI {
  /// Throws what a status says, and releases it.
  func check(_ status: Status) throws(RuntimeFailure) {
    guard let status = unsafe status else { return }
    let text = unsafe messageOfStatus(status).map { unsafe String(cString: $0) } ?? ""
    let failure = unsafe RuntimeFailure(code: Int(codeOfStatus(status)), message: text)
    unsafe releaseStatus(status)
    throw failure
  }

  /// Makes an object through a function that hands it out last.
  func make(
    _ create: (HandleOut) -> Status
  ) throws(RuntimeFailure) -> OpaquePointer {
    var handle: OpaquePointer?
    try unsafe check(create(&handle))
    guard let handle = unsafe handle else {
      throw RuntimeFailure(code: 1, message: "the engine returned nothing")
    }
    return unsafe handle
  }
}
