using TrtBindings.TensorRT.Building;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Types of layers from the inspector's JSON, in the forms of TensorRT 10 and 11.</summary>
public sealed class EngineLayersTests
{
    /// <summary>As TensorRT 10 writes it: one text for format and type, and names of inputs and outputs.</summary>
    private const string Ten = """
        {"Layers": [
          {"Name": "Reformatting CopyNode for Input Tensor 0 to /c1/Conv", "LayerType": "Reformat",
           "Inputs": [{"Name": "x", "Location": "Device", "Dimensions": [1,3,64,64], "Format/Datatype": "Row major linear FP32"}],
           "Outputs": [{"Name": "x'", "Dimensions": [1,3,64,64], "Format/Datatype": "Row major linear FP16 format"}],
           "ParameterType": "Reformat", "Origin": "REFORMAT", "TacticValue": "0x0"},
          {"Name": "/c1/Conv + /r1/Relu", "LayerType": "CaskConvolution",
           "Inputs": [{"Name": "x'", "Format/Datatype": "Channel major FP16 format where channel % 4 == 0"}],
           "Outputs": [{"Name": "r1", "Format/Datatype": "Channel major FP16 format where channel % 8 == 0"}],
           "ParameterType": "Convolution", "Weights": {"Type": "Half", "Count": 432}, "Bias": {"Type": "Half", "Count": 16},
           "TacticName": "sm80_xmma_fprop_implicit_gemm_f16f16"},
          {"Name": "/c2/Conv", "LayerType": "CaskConvolution",
           "Inputs": [{"Name": "r1", "Format/Datatype": "Thirty-two wide channel vectorized row major Int8 format"}],
           "Outputs": [{"Name": "c2", "Format/Datatype": "Channel major FP16 format where channel % 8 == 0"}],
           "Weights": {"Type": "Int8", "Count": 9216}, "Bias": {"Type": "Float", "Count": 16}},
          {"Name": "__myl_MeanSub", "LayerType": "kgen", "Inputs": [{"Name": "c2", "Format/Datatype": "Float"}],
           "Outputs": [{"Name": "y", "Format/Datatype": "Float"}]},
          {"Name": "/Gather_shape", "LayerType": "Select", "Inputs": [{"Name": "s", "Format/Datatype": "Int64"}],
           "Outputs": [{"Name": "t", "Format/Datatype": "Int64"}]}
        ], "Bindings": ["x", "y"]}
        """;

    /// <summary>As TensorRT 11 writes it: format and type apart, and a description of each input and output.</summary>
    private const string Eleven = """
        {"Layers": [
          {"Name": "__mye_cast", "LayerType": "Reformat",
           "Inputs": [{"Name": "x", "Format": "Row major linear format (kLINEAR)", "DataType": "Float"}],
           "Outputs": [{"Name": "x2", "Format": "Row major linear format (kLINEAR)", "DataType": "Half"}]},
          {"Name": "conv", "LayerType": "conv", "Inputs": [{"Name": "x2", "Format": "Channel major (kHWC8)", "DataType": "BF16"}],
           "Outputs": [{"Name": "c", "Format": "Channel major (kHWC8)", "DataType": "BF16"}]},
          {"Name": "gemm", "LayerType": "gemm", "Inputs": [{"Name": "c", "Format": "Row major linear", "DataType": "FP8"}],
           "Outputs": [{"Name": "y", "Format": "Row major linear", "DataType": "BF16"}]}
        ],
        "I/O Tensors": [
          {"Name": "x", "IOMode": "Input", "DataType": "Float", "Dimensions": [1,3,224,224], "Location": "Device",
           "IsShapeInferenceIO": false, "ProfileInfo": [{"MinShape": [1,3,224,224], "OptShape": [1,3,224,224],
           "MaxShape": [1,3,224,224], "Format": "Row major linear FP32 format (kLINEAR)"}]},
          {"Name": "y", "IOMode": "Output", "DataType": "Float", "Dimensions": [1,10], "Location": "Device"}
        ]}
        """;

    [Fact]
    public void A_layer_of_TensorRT_10_computes_in_what_it_takes() => EngineLayers.Shares(Ten).ShouldBe(
    [
        new(ElementType.Float, 1, 1 / 3.0), new(ElementType.Int8, 1, 1 / 3.0), new(ElementType.Float16, 1, 1 / 3.0),
    ]);

    [Fact]
    public void So_does_one_of_TensorRT_11() => EngineLayers.Shares(Eleven).ShouldBe(
        [new(ElementType.BFloat16, 1, 0.5), new(ElementType.Float8E4M3FN, 1, 0.5)]);

    [Theory]
    [InlineData("""{"Layers": ["conv1", "conv2"], "Bindings": ["x"]}""")]
    [InlineData("""{"Layers": {"conv1": 1}}""")]
    [InlineData("""{"Layers": [{"Name": "a"}, {"LayerType": "conv", "Inputs": "x", "Weights": 3}]}""")]
    [InlineData("[]")]
    [InlineData("conv1\nconv2")]
    [InlineData("")]
    public void Names_alone_and_forms_that_are_not_known_tell_nothing(string json) => EngineLayers.Shares(json).ShouldBeEmpty();
}
