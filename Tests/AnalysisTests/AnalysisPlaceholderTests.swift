import Testing

@Suite struct AnalysisPlaceholderTests {
}
