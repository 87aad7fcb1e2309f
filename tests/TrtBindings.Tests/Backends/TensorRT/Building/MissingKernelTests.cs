using TrtBindings.TensorRT.Building;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>The node in TensorRT's words.</summary>
public sealed class MissingKernelTests
{
    [Theory]
    [InlineData("[optimizer.cpp::computeCosts::4048] Error Code 10: Internal Error "
        + "(Could not find any implementation for node /a/Conv.)", "/a/Conv")]
    [InlineData("IBuilder::buildSerializedNetwork: Error Code 10: Internal Error (Could not find any implementation for node "
        + "/model.0/conv/Conv + PWN(/model.0/act/Sigmoid, /model.0/act/Mul).)",
        "/model.0/conv/Conv|/model.0/act/Sigmoid|/model.0/act/Mul")]
    [InlineData("Could not find any implementation for node {ForeignNode[/blocks.0/attn/MatMul.../blocks.3/Add_1]}.",
        "/blocks.0/attn/MatMul|/blocks.3/Add_1")]
    [InlineData("Could not find any implementation for node Conv_12 + Relu_13 due to insufficient workspace. See verbose log.",
        "Conv_12|Relu_13 due to insufficient workspace")]
    public void The_nodes_are_those_that_it_names(string message, string expected)
    {
        var node = MissingKernel.NodeOf(new("IBuilder.buildSerializedNetwork", "10.6.0.26", [message], "failed."));
        MissingKernel.NamesIn(node.ShouldNotBeNull()).ShouldBe(expected.Split('|'));
    }

    [Fact]
    public void Another_error_names_none() => MissingKernel.NodeOf(
        new("IBuilder.buildSerializedNetwork", "10.6.0.26", ["Out of memory"], "failed.")).ShouldBeNull();
}
