import Testing

@Suite struct LayoutPlaceholderTests {
}
