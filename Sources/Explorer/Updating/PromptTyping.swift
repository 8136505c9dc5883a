import Canvas

extension ExplorerState {
  /// What the prompt offers: as many as there are, titles only.
  var suggestionCount: Int {
    switch prompt?.purpose {
    case .search: hits.count
    case .palette: paletteMatches(prompt?.text ?? "").count
    case .marks: markOffers(self).count
    case .setMark, nil: 0
    }
  }

  mutating func type(_ key: Key) {
    guard var line = prompt else { return }
    switch key {
    case .character where line.purpose == .marks || line.purpose == .setMark:
      typeMark(key, line)
      return
    case .character(let scalar):
      guard line.text.unicodeScalars.count < Prompt.lengthLimit else { return }
      line.text.unicodeScalars.append(scalar)
      line.choice = 0
    case .backspace, .delete:
      if line.text.isEmpty {
        prompt = nil
        return
      }
      line.text.removeLast()
      line.choice = 0
    case .control("u"): line.text = ""
    case .down, .tab, .control("n"): line.choice = min(line.choice + 1, max(0, suggestionCount - 1))
    case .up, .backTab, .control("p"): line.choice = max(0, line.choice - 1)
    case .escape:
      prompt = nil
      return
    case .enter:
      accept(line)
      return
    default: return
    }
    prompt = line
    if line.purpose == .search { hits = searchHits(line.text, in: self) }
  }

  /// Runs or goes to the choice.
  mutating func accept(_ line: Prompt) {
    prompt = nil
    switch line.purpose {
    case .search:
      guard hits.indices.contains(line.choice) else {
        message = line.text.isEmpty ? nil : "nothing is called \(line.text)"
        return
      }
      hitIndex = line.choice
      visit(hits[hitIndex].target)
      tellMatch()
    case .marks:
      let offers = markOffers(self)
      if offers.indices.contains(line.choice) { go(to: offers[line.choice]) }
    case .setMark: message = "no letter was given"
    case .palette:
      let matches = paletteMatches(line.text)
      guard matches.indices.contains(line.choice) else {
        message = "no command is called \(line.text); ? lists them"
        return
      }
      let argument = paletteParts(line.text).argument ?? ""
      if argument.isEmpty {
        run(matches[line.choice].command)
      } else {
        run(matches[line.choice].command, argument: argument)
      }
    }
  }

  /// Shows what an address means, as a search for it would.
  mutating func go(to address: String) {
    guard let hit = searchHits(address, in: self, limit: 1).first else {
      message = "nothing is called \(address)"
      return
    }
    visit(hit.target)
  }

  mutating func stepMatch(by step: Int) {
    guard !hits.isEmpty else {
      message = "nothing was searched for; / starts a search"
      return
    }
    hitIndex = (hitIndex + step + hits.count) % hits.count
    visit(hits[hitIndex].target)
    tellMatch()
  }

  private mutating func tellMatch() {
    message = "match \(hitIndex + 1) of \(hits.count): \(hits[hitIndex].address)"
  }

  /// Shows what a search found, on the screen that shows it best.
  mutating func visit(_ target: SearchHit.Target) {
    switch target {
    case .classIndex(let index):
      selection.classIndex = index
    case .layer(let layer):
      if view == .network {
        hasJumped = true
        reveal(layer)
        select(layer: layer)
      } else {
        jump(to: .layer) { $0.select(layer: layer) }
      }
    case .cluster(let layer, let place):
      jump(to: .cluster) {
        $0.select(layer: layer)
        $0.select(cluster: place)
      }
    case .neuron(let layer, let neuron):
      jump(to: .neuron) {
        $0.select(layer: layer)
        $0.select(neuron: neuron)
      }
    }
  }
}
