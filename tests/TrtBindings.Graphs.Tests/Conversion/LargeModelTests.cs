using TrtBindings.Graphs.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Graphs.Tests.Conversion;

/// <summary>A gigabyte of weights in a file of their own.</summary>
[Trait("Category", "Slow")]
public sealed class LargeModelTests(ITestOutputHelper output)
{
    private const long Margin = 200L << 20;

    [Fact]
    public void A_gigabyte_of_weights_needs_four_times_the_largest_tensor_and_200_MB_at_the_most()
    {
        var run = LargeModelRun.Half(1L << 30);
        output.WriteLine($"{run}");
        run.PeakBytes.ShouldBeLessThan((4 * run.LargestTensor) + Margin);
        run.WrittenBytes.ShouldBeInRange(1L << 29, (1L << 29) + (1 << 20));
        run.LastValue.ShouldBe(LargeModelRun.ExpectedLastValue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Quantized_it_needs_no_more_and_ONNX_Runtime_holds_it_once_while_it_is_calibrated(bool hasTable)
    {
        var run = LargeModelRun.Int8(1L << 30, hasTable);
        output.WriteLine($"{run}");
        run.PeakBytes.ShouldBeLessThan((4 * run.LargestTensor) + Margin + (hasTable ? 0 : 1L << 30));
        run.WrittenBytes.ShouldBeInRange(1L << 28, (1L << 28) + (1 << 20));
        run.LastValue.ShouldBe(LargeModelRun.ExpectedLastLevel);
    }
}
