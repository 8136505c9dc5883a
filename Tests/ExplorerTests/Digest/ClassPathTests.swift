import Atlases
import Canvas
import Testing

@testable import Explorer

struct ClassPathTests {
  @Test(arguments: 0..<10)
  func `the path leads from the input to the class along links`(classIndex: Int) throws {
    let atlas = PlantedAtlas.make()
    let path = try #require(strongestPath(to: classIndex, in: atlas))
    #expect(path.steps.first?.layer == 0)
    let last = LayerDigest(7, in: atlas)
    #expect(path.steps.last?.layer == 7)
    #expect(path.steps.last?.place == last.placeOfNeuron[classIndex])
    for (from, to) in zip(path.steps, path.steps.dropFirst()) {
      #expect(PlantedNetwork.sources[to.layer].contains(from.layer))
      #expect((0...1).contains(to.share))
    }
  }

  @Test func `shares are those of the links`() throws {
    let atlas = PlantedAtlas.make()
    let path = try #require(strongestPath(to: 2, in: atlas))
    let (from, to) = (path.steps[0], path.steps[1])
    let into = PlantedNetwork.sources[to.layer].filter { $0 >= 0 }.flatMap { source in
      gutterEdges(LayerDigest(source, in: atlas), LayerDigest(to.layer, in: atlas), in: atlas)
        .links.filter { $0.target == to.place }.map { (source, $0) }
    }
    let own = into.filter { $0.0 == from.layer && $0.1.source == from.place }
      .reduce(0) { $0 + $1.1.weight }
    #expect(abs(own / into.reduce(0) { $0 + $1.1.weight } - to.share) < 1e-4)
  }

  @Test func `one key shows the path, follows it and ends it`() {
    var state = settledState(after: "p")
    let steps = state.classPath?.steps.count ?? 0
    #expect(steps > 3)
    #expect(frame(state).text().contains("strongest path to plane, step 1 of \(steps)"))
    play("p p", on: &state)
    #expect(state.selection.layer == state.classPath?.steps[2].layer)
    play(Array(repeating: "p", count: steps - 2).joined(separator: " "), on: &state)
    #expect(state.classPath == nil)
    play("p esc", on: &state)
    #expect(state.classPath == nil && !state.hasQuit)
  }

  @Test func `without figures there is a message instead`() {
    let state = settledState(PlantedAtlas.structureOnly(), after: "p")
    #expect(state.classPath == nil)
    #expect(state.message?.contains("no path") == true)
  }

  @Test(arguments: 0..<10)
  func `by influence shares are those of the influence, and say on how many images`(
    classIndex: Int
  ) throws {
    let atlas = PlantedAtlas.withInfluence()
    let path = try #require(strongestPath(to: classIndex, in: atlas, byInfluence: true))
    let measured = zip(path.steps, path.steps.dropFirst()).filter {
      !PlantedNetwork.sources[$1.layer].contains(-1)
    }
    #expect(!measured.isEmpty)
    for (from, to) in measured.dropLast() {
      #expect(to.influenceImages == 200)
      let into = PlantedNetwork.sources[to.layer].flatMap { source in
        gutterEdges(
          LayerDigest(source, in: atlas), LayerDigest(to.layer, in: atlas), in: atlas,
          weighing: .influenceOrKernels
        ).links.filter { $0.target == to.place }.map { (source, $0) }
      }
      let own = into.filter { $0.0 == from.layer && $0.1.source == from.place }
        .reduce(0) { $0 + $1.1.weight }
      #expect(abs(own / into.reduce(0) { $0 + $1.1.weight } - to.share) < 1e-4)
    }
    let plain = try #require(strongestPath(to: classIndex, in: atlas))
    #expect(plain.steps.allSatisfy { $0.influenceImages == nil })
  }

  @Test func `where one of the ways into a layer was not measured, kernels decide there`() throws {
    var atlas = PlantedAtlas.withInfluence()
    let path = try #require(strongestPath(to: 2, in: atlas, byInfluence: true))
    let step = try #require(path.steps.dropLast().last { $0.influenceImages != nil })
    atlas.layers[step.layer].connections[0].influence = nil
    let other = try #require(strongestPath(to: 2, in: atlas, byInfluence: true))
    #expect(other.steps.last { $0.layer == step.layer }?.influenceImages == nil)
    #expect(other.steps.contains { $0.influenceImages == 200 })
  }
}
