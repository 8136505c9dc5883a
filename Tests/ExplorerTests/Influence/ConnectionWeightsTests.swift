import Atlases
import Networks
import Tensors
import Testing

@testable import Explorer

struct ConnectionWeightsTests {
  private func connection(influence size: (Int, Int)? = nil, images: Int = 200) -> Connection {
    var connection = Connection(
      source: .layer(LayerID(0)), strength: Matrix(rowCount: 2, columnCount: 3), through: [])
    if let size {
      let matrix = Matrix(rowCount: size.0, columnCount: size.1)
      connection.influence = ConnectionInfluence(
        basis: .input, imageCount: images, excitatory: matrix, inhibitory: matrix)
    }
    return connection
  }

  @Test func `kernels weigh alone, influence apart by sign`() {
    #expect(connection(influence: (2, 3)).weights(byInfluence: false).map(\.sign) == [1])
    #expect(connection(influence: (2, 3)).weights(byInfluence: true).map(\.sign) == [1, -1])
    #expect(connection().weights(byInfluence: true).map(\.sign) == [1])
  }

  @Test func `influence counts where it is known of all, in their size`() {
    #expect(commonInfluence([connection(influence: (2, 3)), connection(influence: (2, 3))]) == 200)
    #expect(commonInfluence([connection(influence: (2, 3)), connection()]) == nil)
    #expect(commonInfluence([connection(influence: (3, 2))]) == nil)
    #expect(commonInfluence([]) == nil)
  }
}
