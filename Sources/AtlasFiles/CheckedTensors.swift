import Storage
import Tensors

/// Reads tensors whose shape is known beforehand; anything else is damage.
struct CheckedTensors {
  let file: SafetensorsFile

  var path: String { file.file.path }

  /// The values of a tensor that must have exactly `shape`.
  func values<Value: StorableElement>(
    _ name: String, _ shape: [Int], as: Value.Type = Value.self
  ) throws(AtlasError) -> [Value] {
    guard let entry = file.tensors[name], entry.shape == shape else {
      throw inconsistent("tensor “\(name)” is not \(shape)")
    }
    do throws(StorageError) {
      return try file.values(name)
    } catch {
      throw .storage(error)
    }
  }

  /// A rows × columns tensor of 32-bit floats.
  func matrix(_ name: String, _ rows: Int, _ columns: Int) throws(AtlasError) -> Matrix {
    Matrix(
      rowCount: rows, columnCount: columns, values: try values(name, [rows, columns]))
  }

  /// An order of `count` items.
  func permutation(_ name: String, _ count: Int) throws(AtlasError) -> Permutation {
    let order: [Int32] = try values(name, [count])
    guard let permutation = Permutation(order.map(Int.init)) else {
      throw inconsistent("tensor “\(name)” is no order")
    }
    return permutation
  }

  func has(_ name: String) -> Bool { file.tensors[name] != nil }

  func inconsistent(_ detail: String) -> AtlasError {
    .inconsistent(path: path, detail: detail)
  }
}
