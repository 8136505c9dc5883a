import Testing

@Suite struct ModelFilesPlaceholderTests {
}
