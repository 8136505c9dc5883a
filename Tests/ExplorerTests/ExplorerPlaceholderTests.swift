import Testing

@Suite struct ExplorerPlaceholderTests {
}
