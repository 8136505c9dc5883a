import Testing

@Suite struct AtlasesPlaceholderTests {
}
