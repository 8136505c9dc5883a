import Atlases
import Canvas
import Networks
import TestSupport
import Testing

@testable import Explorer

@Suite struct InfluencingTests {
  private func wishes(_ effects: [ExplorerEffect]) -> [InfluenceWish]? {
    for case .measureInfluence(let wishes) in effects { return wishes }
    return nil
  }

  @Test func `what the gutters show is asked for once, and given up with the measure`() throws {
    var state = settledState(height: 30, width: 120, after: "l")
    #expect(wishes(update(&state, .influencePossible)) == nil)
    let wanted = try #require(wishes(update(&state, .key(.character("w")))))
    #expect(!wanted.isEmpty && Set(wanted).count == wanted.count)
    #expect(wishes(update(&state, .key(.character("j")))) == nil)
    #expect(wishes(update(&state, .key(.enter))) == nil)
    #expect(wishes(update(&state, .key(.escape))) == nil)
    #expect(wishes(update(&state, .key(.character("w")))) == [])
  }

  @Test func `while it is measured the old picture stays, with a word`() throws {
    var state = settledState(height: 30, width: 160, after: "l")
    _ = update(&state, .influencePossible)
    let wanted = try #require(wishes(update(&state, .key(.character("w")))))
    _ = update(&state, .measuringInfluence(done: 40, planned: 200))
    state.complete()
    let key = GutterKey(source: wanted[0].source, target: wanted[0].target)
    #expect(state.gutters[key]?.measure == .weights)
    _ = update(&state, .message(""))
    state.message = nil
    let text = frame(state).text()
    #expect(text.contains("influence: measuring, 40 of 200 images"))
    #expect(text.contains("|weight|"))
    let found = PlantedAtlas.influence(of: state.atlas)
    _ = update(&state, .influenceMeasured(found))
    #expect(state.gutters[key]?.measure == .weights)
    state.complete()
    guard case .influence(images: 200, _) = state.gutters[key]?.measure else {
      Issue.record("not shown")
      return
    }
    state.message = nil
    let after = frame(state).text()
    #expect(after.contains("influence on 200 images") && !after.contains("measuring"))
    #expect(wishes(update(&state, .key(.character("j")))) == nil)
  }

  @Test func `sources that cannot be told apart fall back and say so`() throws {
    var state = settledState(height: 30, width: 200, after: "l")
    _ = update(&state, .influencePossible)
    let wanted = try #require(wishes(update(&state, .key(.character("w")))))
    let untold = wanted.map {
      MeasuredInfluence(source: LayerID($0.source), target: LayerID($0.target), influence: nil)
    }
    _ = update(&state, .influenceMeasured(untold))
    state.complete()
    state.message = nil
    let key = GutterKey(source: wanted[0].source, target: wanted[0].target)
    #expect(state.gutters[key]?.measure == .activity)
    let text = frame(state).text()
    #expect(text.contains("cannot be told apart") && text.contains("|weight × activation|"))
    #expect(wishes(update(&state, .key(.character("j")))) == nil)
  }

  @Test func `a failure is told and not tried again`() throws {
    var state = settledState(height: 30, width: 120, after: "l")
    _ = update(&state, .influencePossible)
    let wanted = try #require(wishes(update(&state, .key(.character("w")))))
    _ = update(&state, .influenceUnavailable(wanted, reason: "the engine is gone"))
    #expect(frame(state).text().contains("the engine is gone"))
    #expect(wishes(update(&state, .key(.character("j")))) == nil)
  }

  @Test func `without a model to run the measure says what it is`() {
    let state = settledState(height: 40, width: 200, after: "w j")
    let text = frame(state).text()
    #expect(text.contains("influence: not measured; open the model with --data"))
    #expect(text.contains("|weight × activation|"))
  }

  @Test func `the measure and its images show at every size`() {
    for (height, width) in [(24, 80), (50, 200)] {
      let state = settledState(
        PlantedAtlas.withInfluence(), height: height, width: width, after: "w j")
      expectFrame(
        frame(state), "influence-network-\(width)x\(height)", theme: state.context.theme)
    }
  }

  @Test func `tables tell both measures`() throws {
    let state = settledState(PlantedAtlas.withInfluence())
    let table = try #require(describe(state).tables.first { $0.name.hasPrefix("edges") })
    let measures = Set(table.rows.map { "\($0[4])" })
    #expect(measures.contains { $0.contains("summed |weight|") })
    #expect(measures.contains { $0.contains("summed influence, mean of 200 images") })
  }

  @Test func `the path is followed by influence as it becomes known`() throws {
    var state = settledState(height: 40, width: 160, after: "l")
    _ = update(&state, .influencePossible)
    play("w p p p", on: &state)
    let before = try #require(state.classPath)
    #expect(before.steps.allSatisfy { $0.influenceImages == nil })
    let wanted = state.influencing.asked
    for step in before.steps {
      for key in state.gutters(into: step.layer) { #expect(wanted.contains(InfluenceWish(key))) }
    }
    _ = update(&state, .influenceMeasured(PlantedAtlas.influence(of: state.atlas)))
    let after = try #require(state.classPath)
    #expect(after.at == 2 && after.steps.contains { $0.influenceImages == 200 })
    state.complete()
    state.message = nil
    #expect(frame(state).text().contains("influence, 200 images, from"))
    play("w", on: &state)
    #expect(state.classPath?.steps.allSatisfy { $0.influenceImages == nil } == true)
  }

  @Test func `a neuron's links are asked for and ranked by influence`() throws {
    var state = settledState(height: 40, width: 160, after: "l l l enter enter enter tab tab")
    _ = update(&state, .influencePossible)
    let wanted = try #require(wishes(update(&state, .key(.character("w")))))
    #expect(
      Set(wanted) == Set(state.gutters(touching: state.selection.layer).map(InfluenceWish.init)))
    _ = update(&state, .influenceMeasured(PlantedAtlas.influence(of: state.atlas)))
    state.complete()
    play("j", on: &state)
    state.message = nil
    let text = frame(state).text()
    #expect(text.contains("from, by influence on 200 images"))
    #expect(text.contains("peak through its kernel slice, mean of 200 images"))
  }
}
