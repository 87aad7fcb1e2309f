namespace TrtBindings.Tests.Backends.Contract;

/// <summary>The contract on the processor.</summary>
public sealed class OnnxRuntimeCpuContractTests : BackendContractTests
{
    protected override BackendKind Kind => BackendKind.OnnxRuntimeCpu;

    protected override ModelOptions Options => ModelOptions.Require(BackendKind.OnnxRuntimeCpu) with { IntraOpThreads = 1 };
}
