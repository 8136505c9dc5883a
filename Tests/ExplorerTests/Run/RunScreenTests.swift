import Atlases
import Canvas
import Networks
import Testing

@testable import Explorer

/// Three layers over eight checkpoints; at the sixth, the later the layer the more of it dies.
func plantedRun(withImages: Bool = true) -> TrainingRun {
  let sizes = [8, 12, 16]
  let layers = sizes.enumerated().map { place, count in
    RunLayer(
      name: "features.conv\(place + 1)", kind: .convolution, neuronCount: count,
      weightCount: count * 27)
  }
  let checkpoints = (0..<8).map { (step: Int) in
    RunCheckpoint(label: "\(step)", fileName: "epoch_0\(step).onnx", step: step)
  }
  var run = TrainingRun(name: "runs/planted", checkpoints: checkpoints, layers: layers)
  for layer in layers.indices {
    for checkpoint in checkpoints.indices {
      let place = run.place(layer: layer, checkpoint: checkpoint)
      run.weights[place] = weights(layer, checkpoint, count: sizes[layer])
      if withImages { run.activations[place] = activations(layer, checkpoint, count: sizes[layer]) }
    }
  }
  run.logged = checkpoints.indices.map { epoch in
    LoggedEpoch(
      epoch: epoch,
      values: [
        LoggedValue(name: "train_loss", value: epoch < 6 ? 2 / Double(epoch + 1) : 2.3),
        LoggedValue(name: "test_acc", value: epoch < 6 ? 0.1 + 0.1 * Double(epoch) : 0.1),
      ])
  }
  if withImages {
    run.accuracy = checkpoints.indices.map {
      RunAccuracy(top1: $0 < 6 ? 0.1 + 0.1 * Double($0) : 0.1, labeledCount: 200)
    }
  }
  return run
}

/// Fed as was found on the checkpoint before the run died.
var plantedSample: RunSample {
  var choice = PreprocessingChoice(
    chosen: PreprocessingTrial(
      preprocessing: Preprocessing(
        height: 32, width: 32, colorOrder: .rgb, layout: .nchw, scale: 1, mean: [0, 0, 0],
        standardDeviation: [1, 1, 1], resize: .stretch),
      name: "0…1, RGB", top1: 0.6, imageCount: 200),
    evidence: .verified, runnersUp: [], reason: "best of 20 tried: 60.0 % of 200 images right")
  choice.checkpoint = "epoch_05.onnx"
  return RunSample(data: "planted", imageCount: 200, preprocessing: choice)
}

private func weights(_ layer: Int, _ checkpoint: Int, count: Int) -> WeightMeasures {
  let jump = checkpoint == 6 ? 5.0 : 1.0
  return WeightMeasures(
    norm: Double(layer + 2) + 0.25 * Double(checkpoint),
    change: checkpoint == 0 ? nil : jump / Double(checkpoint + 1), nonFiniteCount: 0,
    neuronNorms: (0..<count).map { Float($0 + 1) / 4 },
    neuronChanges: checkpoint == 0 ? nil : (0..<count).map { Float($0) / 16 })
}

private func activations(_ layer: Int, _ checkpoint: Int, count: Int) -> ActivationMeasures {
  let deadCount = checkpoint >= 6 ? count * (layer + 1) / 4 : 0
  let isDead = (0..<count).map { $0 < deadCount }
  return ActivationMeasures(
    imageCount: 200, deadCount: deadCount, mean: 0.5 / Double(layer + 1),
    deviation: 0.25, silentShare: Double(deadCount) / Double(count), nonFiniteCount: 0,
    neuronMeans: isDead.map { $0 ? 0 : 0.5 }, neuronDeviations: isDead.map { $0 ? 0 : 0.25 },
    neuronFiringShares: isDead.map { $0 ? 0 : 1 }, neuronIsDead: isDead,
    neuronNonFiniteCounts: Array(repeating: 0, count: count))
}

struct RunScreenTests {
  private func state(
    _ run: TrainingRun = plantedRun(), height: Int = 24, width: Int = 80, theme: Theme = Theme(),
    pressing keys: [Key] = []
  ) -> RunState {
    var state = RunState(
      run: run,
      context: RenderContext(size: ScreenSize(height: height, width: width), theme: theme))
    for key in keys { updateRun(&state, .key(key)) }
    return state
  }

  private func frame(_ state: RunState) -> CellGrid {
    var grid = CellGrid(height: state.context.size.height, width: state.context.size.width)
    renderRun(state, into: &grid)
    return grid
  }

  /// The frame as lines of text.
  private func lines(_ state: RunState, _ glyphs: GlyphTier = .unicode) -> [String] {
    frame(state).text(glyphs: glyphs).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  @Test func `how images are fed is told with the checkpoint it was found on`() {
    var run = plantedRun()
    run.sample = plantedSample
    let line = frame(state(run)).text(glyphs: .unicode)
    #expect(line.contains("preprocessing   0…1, RGB VERIFIED on epoch_05.onnx"))
    run.sample?.preprocessing.evidence = .assumed
    #expect(
      frame(state(run)).text(glyphs: .unicode).contains(
        "0…1, RGB ASSUMED, as epoch_05.onnx does not tell"))
    #expect(!frame(state(run, height: 15)).text(glyphs: .unicode).contains("preprocessing"))
    run.sample = nil
    #expect(!frame(state(run)).text(glyphs: .unicode).contains("preprocessing"))
  }

  @Test func `a finding is told whole, the end of a long path is kept`() {
    var run = plantedRun()
    run.name = "trainings/of/somebody/in/the/year/2026/november/planted_dead"
    let lines = lines(state(run, pressing: [.character("f")]))
    #expect(lines[0].hasPrefix("trainings") && lines[0].contains("…"), "\(lines[0])")
    #expect(lines[0].contains("/planted_dead · 8 checkpoints · 3 layers · 200 images"))
    let told = lines[19...22].joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(told.contains("accuracy fell from 60.0 % to 10.0 % of 200 labelled images."), "\(told)")
  }

  @Test func `layers stand below the curves, the last checkpoint selected`() {
    let lines = lines(state())
    #expect(lines[0].hasPrefix("runs/planted · 8 checkpoints · 3 layers · 200 images"))
    #expect(lines[1].hasPrefix("▸ Training died between checkpoints 5 and 6: features.conv1 went"))
    #expect(lines[2].hasPrefix("accuracy") && lines[2].contains("10.0 %"))
    #expect(lines[3].hasPrefix("test_acc"))
    #expect(lines[4].hasPrefix("train_loss") && lines[4].contains("2.3"))
    #expect(lines[5].hasPrefix("relative weight change"))
    #expect(lines[6].hasPrefix("features.conv1") && lines[6].contains("◆"))
    #expect(lines[6].contains("0.125"), "\(lines[6])")
    #expect(lines[22].hasPrefix("epoch_07.onnx · features.conv1 · 2 of 8 dead over 200 images"))
    #expect(lines[21].hasPrefix("checkpoint"))
  }

  @Test func `the share of dead neurons is that of the cursor's checkpoint`() {
    let state = state(pressing: [.character("m"), .character("m"), .down, .down, .left])
    let lines = lines(state)
    #expect(lines[5].hasPrefix("share of dead neurons"))
    #expect(lines[8].hasPrefix("features.conv3") && lines[8].contains("75.0 %"), "\(lines[8])")
    let earlier = self.lines(
      self.state(pressing: [.character("m"), .character("m"), .left, .left]))
    #expect(earlier[8].contains("0.0 %"), "\(earlier[8])")
  }

  @Test func `a layer opens into its neurons, a neuron into its measures`() {
    let dead: [Key] = [.character("m"), .character("m"), .down, .enter]
    let neurons = lines(state(pressing: dead))
    #expect(neurons[5].hasPrefix("features.conv2: share of dead neurons"))
    #expect(neurons[6].hasPrefix("neuron 0") && neurons[6].contains("dead"))
    #expect(neurons.contains { $0.hasPrefix("neuron 11") && $0.contains("alive") })
    let neuron = lines(state(pressing: dead + [.down, .enter]))
    #expect(neuron[5].hasPrefix("features.conv2, neuron 1"))
    #expect(neuron.contains { $0.hasPrefix("norm") && $0.contains("0.5") })
  }

  @Test func `without colours and without Unicode every character is ASCII`() {
    let theme = Theme(tier: DisplayTier(colors: .mono, glyphs: .ascii))
    let text = lines(state(theme: theme, pressing: [.character("m"), .character("m")]), .ascii)
    #expect(text.joined().unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test func `without images it says what is needed`() {
    let state = state(plantedRun(withImages: false), pressing: [.character("m"), .character("m")])
    #expect(lines(state).contains { $0.contains("--data PATH") })
  }

  @Test func `a finding leads to where it shows, a dead neuron tells since when`() {
    let died = state(pressing: [.character("f")])
    #expect((died.layer, died.checkpoint, died.measure) == (0, 6, .dead))
    #expect(lines(died)[20].contains("Training died"))
    let neuron = lines(state(pressing: [.enter]))
    #expect(neuron[22].hasPrefix("epoch_07.onnx · features.conv1:0 · dead since checkpoint 6"))
    let alive = lines(state(pressing: [.enter, .character("G")]))
    #expect(!alive[22].contains("dead since"))
  }

  @Test func `a command moves to a key of the user's, and footer and help show it`() {
    let keymap = RunKeymap.standard.binding(.nextFinding, to: .character("m"))
      .binding(.open, to: .function(4))
    var state = RunState(
      run: plantedRun(), context: RenderContext(size: ScreenSize(height: 24, width: 100)),
      keymap: keymap)
    updateRun(&state, .key(.character("m")))
    #expect(state.shownFinding == 0 && keymap.command(for: .character("f")) == nil)
    #expect(keymap.command(for: .tab) == .nextMeasure)
    #expect(lines(state)[23].contains("m finding") && lines(state)[23].contains("F4 open"))
    updateRun(&state, .key(.character("?")))
    #expect(lines(state).contains { $0.contains("F4") && $0.contains("open") })
    updateRun(&state, .key(.control("c")))
    #expect(state.hasQuit)
  }

  @Test func `no key means two things on the run screen, and no command is there twice`() {
    let bindings = RunKeymap.standard.bindings
    #expect(Set(bindings.flatMap(\.keys)).count == bindings.flatMap(\.keys).count)
    #expect(Set(bindings.map(\.command)) == Set(RunCommand.allCases))
    #expect(bindings.count == RunCommand.allCases.count)
  }

  @Test func `what was told at the start is read key by key, and again`() {
    var state = state()
    updateRun(&state, .notice("first"))
    updateRun(&state, .notice("second"))
    #expect(lines(state)[22].contains("first  1 of 2"))
    updateRun(&state, .key(.down))
    #expect(lines(state)[22].contains("second  2 of 2"))
    updateRun(&state, .key(.down))
    #expect(!lines(state)[22].contains("second"))
    updateRun(&state, .key(.character("n")))
    #expect(lines(state)[22].contains("first  1 of 2"))
  }

  @Test func `help names every key`() {
    let text = lines(state(width: 100, pressing: [.character("?")])).joined(separator: "\n")
    for binding in RunKeymap.standard.bindings {
      #expect(text.contains(binding.help), "\(binding.help)")
      #expect(text.contains(binding.command.rawValue))
    }
  }

  @Test func `on a small screen help moves, and other keys close it`() {
    var state = state(height: 16, pressing: [.character("?")])
    #expect(!lines(state).contains { $0.contains("quit at once") })
    updateRun(&state, .key(.character("G")))
    #expect(lines(state).contains { $0.contains("quit at once") } && state.level == .layers)
    updateRun(&state, .key(.enter))
    #expect(state.helpLine == nil && state.level == .layers)
  }

  @Test func `every size and every key draws`() {
    let keys: [Key] = [
      .down, .enter, .pageDown, .enter, .tab, .character("G"), .escape, .escape, .left,
      .character("r"),
      .backTab, .character("g"), .character("?"), .character("x"), .right, .pageUp, .up,
    ]
    for (height, width) in [(1, 1), (12, 40), (13, 41), (60, 200)] {
      var state = state(height: height, width: width)
      for key in keys {
        updateRun(&state, .key(key))
        _ = frame(state)
        #expect(state.run.checkpoints.indices.contains(state.checkpoint))
      }
    }
  }

  @Test func `an empty run draws`() {
    let run = TrainingRun(
      name: "empty", checkpoints: [RunCheckpoint(label: "a", fileName: "a.pt", step: nil)],
      layers: [])
    var state = state(run)
    for key in [Key.enter, .down, .up, .tab, .character("G")] {
      updateRun(&state, .key(key))
      _ = frame(state)
    }
    #expect(state.level == .layers)
  }

  @Test func `a longer run keeps the selection and follows the newest`() {
    var state = state()
    var longer = plantedRun()
    longer.checkpoints.append(RunCheckpoint(label: "8", fileName: "epoch_08.onnx", step: 8))
    longer.weights = Array(repeating: nil, count: 27)
    longer.activations = Array(repeating: nil, count: 27)
    longer.accuracy.append(nil)
    longer.logged.append(nil)
    updateRun(&state, .updated(longer))
    #expect(state.checkpoint == 8)
    updateRun(&state, .key(.left))
    updateRun(&state, .updated(longer))
    #expect(state.checkpoint == 7)
    _ = frame(state)
  }

  @Test func `out of everything is the end`() {
    var state = state(pressing: [.enter, .enter, .character("q"), .character("q")])
    #expect(!state.hasQuit)
    updateRun(&state, .key(.character("q")))
    #expect(state.hasQuit)
  }

  @Test func `the description counts the dead`() {
    let description = describe(plantedRun())
    let dead = description.tables.first { $0.name == "dead neurons" }
    #expect(dead?.rows.last?.last == .number(12))
    #expect(description.json.contains("\"view\": \"run\""))
    #expect(describe(plantedRun(withImages: false)).tables.count == 5)
  }
}
