import Testing

/// One sentence on standard error, nothing on standard output, the expected status, no crash.
func expectComplaint(
  _ result: CommandResult, status: Int32 = 1, naming words: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    result.signal == nil, "died of a signal: \(result.errors)", sourceLocation: sourceLocation)
  #expect(result.status == status, "\(result.errors)", sourceLocation: sourceLocation)
  #expect(result.complaints.count == 1, "\(result.errors)", sourceLocation: sourceLocation)
  let complaint = result.complaints.first ?? ""
  #expect(complaint.hasPrefix("convscope: "), "\(complaint)", sourceLocation: sourceLocation)
  #expect(complaint.hasSuffix("."), "\(complaint)", sourceLocation: sourceLocation)
  #expect(result.output == "", sourceLocation: sourceLocation)
  for word in words {
    #expect(complaint.contains(word), "\(complaint)", sourceLocation: sourceLocation)
  }
}
