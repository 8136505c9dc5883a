import Tensors
import Testing

@Suite struct WorkProgressTests {
  @Test func `stages come in the order in which they are listed`() {
    let stages = WorkProgress.Stage.allCases
    #expect(stages.sorted() == stages)
    #expect(WorkProgress(.tree, share: 0.5) != WorkProgress(.search, share: 0.5))
  }
}
