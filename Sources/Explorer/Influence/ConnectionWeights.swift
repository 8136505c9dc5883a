import Atlases
import Tensors

extension Connection {
  /// What its links are weighed by, neurons × source channels, each with the sign it counts with: the
  /// kernel sums; or what excites and what inhibits, where influence is asked for and known.
  func weights(byInfluence: Bool) -> [(matrix: Matrix, sign: Float)] {
    guard byInfluence, let influence else { return [(strength, 1)] }
    return [(influence.excitatory, 1), (influence.inhibitory, -1)]
  }
}

/// Images that the influence of all these connections rests on; nil where that of one is not known, or
/// not of the connection's size.
func commonInfluence(_ connections: [Connection]) -> Int? {
  let known = connections.compactMap { connection in
    connection.influence.flatMap { influence in
      let size = (connection.strength.rowCount, connection.strength.columnCount)
      let fits = [influence.excitatory, influence.inhibitory].allSatisfy {
        ($0.rowCount, $0.columnCount) == size
      }
      return fits ? influence.imageCount : nil
    }
  }
  return known.count == connections.count ? known.first : nil
}
