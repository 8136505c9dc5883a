import Networks
import Testing

@testable import ModelFiles

@Suite struct LayerNamesTests {
  @Test(arguments: [
    ("/layer1/layer1.0/conv1/Conv", "Conv", "onnx::Conv_388", "layer1.0.conv1"),
    ("/features/features.0/features.0.0/Conv", "Conv", "onnx::Conv_1", "features.0.0"),
    ("/branches/point/conv/Conv", "Conv", "branches.point.conv.weight", "branches.point.conv"),
    ("Conv_12", "Conv", "layer1.0.conv1.weight", "layer1.0.conv1"),
    ("Conv_12", "Conv", "module.layer1.0.conv1.weight", "layer1.0.conv1"),
    ("node_Conv_875", "Conv", "conv1.weight", "conv1"),
    ("node_linear", "Gemm", "linear.weight", "linear"),
    ("/linear/Gemm", "Gemm", "linear.weight_quantized", "linear"),
    ("/conv1/Conv_quant", "QLinearConv", "onnx::Conv_388_quantized", "conv1"),
    ("fire2/squeeze1x1", "Conv", "fire2/squeeze1x1_w", "fire2/squeeze1x1"),
    ("StatefulPartitionedCall/dense/MatMul", "MatMul", "w:0", "dense"),
    ("sequential/conv2d/BiasAdd", "Conv", "x", "sequential/conv2d"),
    ("", "Conv", "conv2_expand_weights", "conv2_expand"),
    ("Conv@3", "Conv", "conv2_se_1_weights", "conv2_se_1"),
    ("n17", "Conv", "gpu_0/res2_0_branch2a_w_0", "gpu_0/res2_0_branch2a"),
    ("fc1/MatMul_Gemm__14", "Gemm", "fc1/W/read__6", "fc1"),
    ("MatMul_Gemm__17", "Gemm", "final_fc/read__12", "final_fc"),
    ("", "MatMul", "", "dense1"),
    ("Conv_0", "Conv", "onnx::Conv_12", "conv1"),
  ])
  func `exporters' decoration goes`(
    node: String, operatorName: String, weight: String, expected: String
  ) {
    let names = LayerNames.names([
      LayerNames.Candidate(
        nodeName: node, operatorName: operatorName, weightName: weight,
        kind: operatorName.contains("Conv") ? .convolution : .dense)
    ])
    #expect(names == [expected])
  }

  @Test func `a folder that all share goes, and doubles get a number`() {
    let names = LayerNames.names(
      ["model/a", "model/b", "model/a"].map {
        LayerNames.Candidate(
          nodeName: $0, operatorName: "Conv", weightName: "", kind: .convolution)
      })
    #expect(names == ["a", "b", "a#2"])
  }

  @Test(arguments: [
    ("layer1.0.conv1", "layer1.0"), ("features.2.conv.0.0", "features.2"),
    ("blocks.2.0.conv_pw", "blocks.2.0"), ("features.0", nil), ("features.0.0", nil),
    ("res2_0_branch2a", "res2_0"), ("block1_conv1", "block1"), ("conv2d_1", nil), ("fc", nil),
  ])
  func `units are the numbered parts of a name`(name: String, unit: String?) {
    #expect(NameParts(name).unit == unit)
  }

  @Test func `common beginnings end at a part`() {
    #expect(NameParts.common(["layer1.0.conv1", "layer1.0.conv2"]) == "layer1.0")
    #expect(NameParts.common(["conv1", "conv2"]) == "")
    #expect(NameParts.common(["Conv2d_1_depthwise", "Conv2d_1_pointwise"]) == "Conv2d_1")
  }
}
