import Testing

@testable import ModelFiles

struct TensorNamesTests {
  @Test func `shared wrappers go, in any order`() {
    let found = TensorNames.unwrapped(["model._orig_mod.a.w", "model._orig_mod.b"])
    #expect(found.names == ["a.w", "b"])
    #expect(found.wrappers == ["model.", "_orig_mod."])
  }

  @Test func `a name without the wrapper keeps it for all`() {
    #expect(TensorNames.unwrapped(["module.a", "b"]).names == ["module.a", "b"])
    #expect(TensorNames.unwrapped(["module."]).wrappers.isEmpty)
    #expect(TensorNames.unwrapped([]).names.isEmpty)
  }
}
