using TrtBindings.Tests.Models.TensorRT;

namespace TrtBindings.Tests.Backends.Contract;

/// <summary>The contract on the TensorRT of this machine, where there is one that builds.</summary>
public sealed class TensorRtContractTests : BackendContractTests
{
    private static readonly string Cache = Path.Combine(Path.GetTempPath(), $"trtbindings-contract-{Environment.UserName}");

    private static readonly Lazy<string?> Missing = new(() =>
    {
        try
        {
            DeclaredModel.BuildEngine(All);
            return null;
        }
        // Only what is not installed: with everything here, a build that fails is a failure.
        catch (Exception e) when (e is NativeLibraryException or CudaException
            || (e is EngineBuildException && e.Message.Contains("builder_resource", StringComparison.Ordinal)))
        {
            return e.Message;
        }
    });

    protected override BackendKind Kind => BackendKind.TensorRT;

    protected override ModelOptions Options
    {
        get
        {
            Skip.If(Missing.Value is not null, Missing.Value);
            return All;
        }
    }

    private static ModelOptions All => ModelOptions.Require(BackendKind.TensorRT) with
    {
        TensorRT = new() { BuildPolicy = BuildPolicy.WhenMissing, CacheFolder = Cache },
    };
}
