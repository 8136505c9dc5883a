import Atlases
import Canvas
import Networks
import Tensors

/// The first line: what is looked at, what it rests on, how far the analysis is.
func drawHeader(_ state: ExplorerState, on surface: inout Surface) {
  let width = surface.bounds.width
  let progress = progressPieces(state, width: width)
  let progressWidth = progress.reduce(0) { $0 + cellWidth(of: $1.0) }
  let barWidth = progress.isEmpty ? 0 : width >= 120 ? 18 : width >= 72 ? 8 : 0
  let right = progressWidth + (barWidth > 0 ? barWidth + 1 : 0)
  let room = width - right - (right > 0 ? 2 : 0)
  surface.line(headerPieces(state, width: room), 0, 0, width: room)
  guard let news = state.progress, right > 0 else { return }
  var column = width - right
  if barWidth > 0 {
    surface.bar(news.share, 0, column, width: barWidth, .progress)
    column += barWidth + 1
  }
  surface.line(progress, 0, column, width: width - column)
}

/// The parts that fit; a share never stands without what it is a share of.
private func headerPieces(_ state: ExplorerState, width: Int) -> [(String, StyleRole)] {
  let atlas = state.atlas
  var pieces: [(String, StyleRole)] = [(atlas.network.name, .title)]
  if let moment = state.moment {
    pieces.append((" · checkpoint \(moment.label)", .value))
    pieces.append((", \(moment.place + 1) of \(moment.count)", .label))
  }
  if let dataset = atlas.dataset { pieces.append((" · \(dataset.name)", .label)) }
  if let images = imagesText(state, isBrief: width < 84) { pieces.append((" · \(images)", .label)) }
  func fits(_ more: String) -> Bool {
    pieces.reduce(cellWidth(of: more)) { $0 + cellWidth(of: $1.0) } <= width
  }
  for note in state.standingNotes where fits(" · \(note)") {
    pieces.append((" · ", .dim))
    pieces.append((note, .key))
  }
  if let result = atlas.classification, let top1 = result.top1 {
    let share = " · \(NumberText.percent(top1)) top-1"
    let basis = " of \(NumberText.grouped(result.labeledCount)) labelled"
    if fits(share) {
      pieces.append((" · ", .dim))
      pieces.append((String(share.dropFirst(3)), .good))
      if fits(basis) { pieces.append((basis, .dim)) }
    }
  }
  let assumed = " · preprocessing ASSUMED"
  if let choice = atlas.provenance.preprocessing, choice.evidence == .assumed, fits(assumed) {
    pieces.append((assumed, .warning))
  }
  return pieces
}

/// `4,096 of 10,000 images`; nil without data.
func imagesText(_ state: ExplorerState, isBrief: Bool) -> String? {
  let known = state.atlas.provenance
  let done = max(state.progress?.done ?? 0, known.analyzedImageCount)
  let planned = max(state.progress?.planned ?? 0, known.plannedImageCount)
  guard state.atlas.dataset != nil, planned > 0 || done > 0 else { return nil }
  let unit = isBrief ? "" : " images"
  if done >= planned { return "\(NumberText.grouped(done))\(isBrief ? " images" : unit)" }
  return "\(NumberText.grouped(done)) of \(NumberText.grouped(planned))\(unit)"
}

private func progressPieces(_ state: ExplorerState, width: Int) -> [(String, StyleRole)] {
  guard let news = state.progress, !news.isFinished else { return [] }
  if news.failure != nil { return [("analysis stopped", .bad)] }
  if !news.phase.isEmpty { return [("\(news.phase)…", .progress)] }
  var pieces: [(String, StyleRole)] = [(NumberText.percent(news.share, 0), .value)]
  if let rate = news.rate, width >= 110 {
    pieces.append(("  \(NumberText.fixed(rate, rate < 10 ? 1 : 0)) a second", .dim))
  }
  if let left = news.secondsLeft, width >= 56 {
    pieces.append(("  \(NumberText.duration(seconds: left)) left", .dim))
  }
  return pieces
}
