import Testing

@Suite struct CanvasPlaceholderTests {
}
