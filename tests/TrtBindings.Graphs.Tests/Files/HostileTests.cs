using TrtBindings.Graphs.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Graphs.Tests.Files;

/// <summary>Damaged models through reader, converter and writer.</summary>
[Trait("Category", "Slow")]
public sealed class HostileTests(ITestOutputHelper output)
{
    /// <summary>The benchmark runs 10 000.</summary>
    private const int Count = 1200;

    [Fact]
    public void A_damaged_model_is_a_typed_error_or_a_model_that_ONNX_Runtime_judges_as_the_damaged_one()
    {
        var result = MutationRun.Run(Count, seed: 1);
        output.WriteLine($"{result}");
        result.Wrong.ShouldBeEmpty();
        // Both ways were taken: neither are all refused, nor does damage never show.
        result.Refused.ShouldBeGreaterThan(Count / 10);
        result.Converted.ShouldBeGreaterThan(Count / 10);
    }
}
