using TrtBindings.Tests.Interop;

namespace TrtBindings.Tests.Tensors;

/// <summary>The machine code of generic code with dimensions as types.</summary>
public sealed class CompiledShapeTests
{
    [Fact]
    public void The_length_of_a_fixed_view_is_a_constant_in_compiled_code()
    {
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_JitDisasm"] = "CountOfImage", ["DOTNET_JitStdOutFile"] = "", ["DOTNET_TieredCompilation"] = "0",
        };
        var (exitCode, output, errors) = Probe.Run(Probe.Folder, environment, "--count");
        exitCode.ShouldBe(0, errors);
        output.ShouldContain("921600");
        var listing = output[output.IndexOf("; Assembly listing for method", StringComparison.Ordinal)..];
        var code = listing.Split('\n').Where(line => !line.StartsWith(';'));
        // No multiplication and no call.
        code.ShouldAllBe(line => !line.Contains("mul") && !line.Contains("call") && !line.Contains("bl "));
    }
}
