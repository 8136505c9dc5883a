import Analysis
import Atlases
import Networks
import Tensors

func describeWhatIfs(_ state: ExplorerState, _ description: inout ScreenDescription) {
  description.title = "what if these neurons were switched off"
  let entries = state.shelf.entries
  description.tables = [
    DescribedTable(
      name: "what-ifs",
      columns: [
        "name", "neurons", "rests on", "accuracy before", "accuracy after", "standard error",
        "lost", "gained", "moved",
      ],
      rows: entries.map { entry in
        let result = entry.result
        let change = result.change?.overallAccuracyChange(counts: result.result.classCounts)
        let shares = [result.accuracyBefore, result.accuracyAfter, change?.standardError]
        return [
          .text(entry.name), DescribedValue(result.neuronCount), .text(result.result.basisText),
        ] + shares.map { $0.map { DescribedValue(Float($0)) } ?? .none }
          + FlipKind.allCases.map { kind in
            DescribedValue(result.flips.count { $0.kind == kind })
          }
      })
  ]
  for entry in entries {
    description.tables += contributionTables(of: entry.result.result, name: entry.name, state)
  }
}

func describeFlips(_ state: ExplorerState, _ description: inout ScreenDescription) {
  description.title = "images that change without \(state.shelf.selected?.name ?? "")"
  description.tables = [
    DescribedTable(
      name: "images", columns: ["image", "name", "label", "before", "after", "change"],
      rows: state.flippedImages().map { flip in
        [
          DescribedValue(flip.image), .text(state.imageName(flip.image)),
          .text(state.className(flip.label)), .text(state.outputName(flip.before)),
          .text(state.outputName(flip.after)), .text(flip.kind.rawValue),
        ]
      })
  ]
}
