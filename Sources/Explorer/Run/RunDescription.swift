import Atlases
import Findings
import Networks
import Tensors

/// A run as figures and tables: checkpoints with what is known of each, then each measure as
/// layers × checkpoints.
package func describe(_ run: TrainingRun) -> ScreenDescription {
  var facts = [
    DescribedFact(name: "checkpoints", value: "\(run.checkpoints.count)"),
    DescribedFact(name: "layers", value: "\(run.layers.count)"),
  ]
  if let count = run.sampleCount {
    let data = run.sample.map { " of \($0.data), the same at every checkpoint" } ?? ""
    facts.append(DescribedFact(name: "images", value: NumberText.grouped(count) + data))
  }
  if let choice = run.sample?.preprocessing {
    facts.append(DescribedFact(name: "preprocessing", value: "\(choice.summary): \(choice.reason)"))
  }
  facts += run.notes.map { DescribedFact(name: "note", value: $0) }
  let tables =
    [checkpointTable(run), findingTable(run)]
    + RunMeasure.allCases.filter { measure in
      run.layers.indices.contains { layer in
        run.checkpoints.indices.contains {
          run.value(measure, layer: layer, checkpoint: $0) != nil
        }
      }
    }.map { measureTable($0, run) }
  return ScreenDescription(
    view: "run", title: "training run \(run.name)", facts: facts, tables: tables)
}

private func checkpointTable(_ run: TrainingRun) -> DescribedTable {
  let curves = run.curves
  return DescribedTable(
    name: "checkpoints", columns: ["checkpoint", "file", "problem"] + curves.map(\.name),
    rows: run.checkpoints.enumerated().map { place, checkpoint in
      [
        .text(checkpoint.label), .text(checkpoint.fileName),
        checkpoint.problem.map { .text($0) } ?? .none,
      ] + curves.map { $0.values[place].map { .number($0) } ?? .none }
    })
}

private func findingTable(_ run: TrainingRun) -> DescribedTable {
  DescribedTable(
    name: "findings", columns: ["finding", "severity", "layer", "checkpoint", "sentence"],
    rows: RunDiagnosis().findings(in: run).map { finding in
      [
        .text(finding.id(in: run)), .text(finding.severity.rawValue),
        .text(run.layers[finding.layer].name), .text(run.checkpoints[finding.checkpoint].label),
        .text(finding.sentence),
      ]
    })
}

private func measureTable(_ measure: RunMeasure, _ run: TrainingRun) -> DescribedTable {
  // Counts say more than shares to those who compute further.
  let isCount = measure == .dead
  return DescribedTable(
    name: isCount ? "dead neurons" : measure.title,
    columns: ["layer", "neurons"] + run.checkpoints.map(\.label),
    rows: run.layers.enumerated().map { place, layer in
      [.text(layer.name), DescribedValue(layer.neuronCount)]
        + run.checkpoints.indices.map { checkpoint -> DescribedValue in
          let value =
            isCount
            ? run.activations[run.place(layer: place, checkpoint: checkpoint)].map {
              Double($0.deadCount)
            } : run.value(measure, layer: place, checkpoint: checkpoint)
          return value.map { .number($0) } ?? .none
        }
    })
}
