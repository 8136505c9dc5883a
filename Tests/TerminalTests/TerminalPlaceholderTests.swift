import Testing

@Suite struct TerminalPlaceholderTests {
}
