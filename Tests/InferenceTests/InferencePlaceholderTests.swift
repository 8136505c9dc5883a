import Testing

@Suite struct InferencePlaceholderTests {
}
