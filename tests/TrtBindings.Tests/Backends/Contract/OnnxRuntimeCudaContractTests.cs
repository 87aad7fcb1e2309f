using TrtBindings.Tests.Models.TensorRT;

namespace TrtBindings.Tests.Backends.Contract;

/// <summary>The contract on ONNX Runtime's CUDA provider, where it is installed.</summary>
public sealed class OnnxRuntimeCudaContractTests : BackendContractTests
{
    private static readonly Lazy<string?> Missing = new(() =>
    {
        try
        {
            using var model = DeclaredModel.Load(ModelOptions.Require(BackendKind.OnnxRuntimeCuda));
            return null;
        }
        catch (BackendUnavailableException e)
        {
            return e.Reason;
        }
    });

    protected override BackendKind Kind => BackendKind.OnnxRuntimeCuda;

    protected override ModelOptions Options
    {
        get
        {
            Skip.If(Missing.Value is not null, Missing.Value);
            return ModelOptions.Require(BackendKind.OnnxRuntimeCuda);
        }
    }
}
