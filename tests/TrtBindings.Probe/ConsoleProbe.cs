using TrtBindings.TestSupport;

namespace TrtBindings.Probe;

/// <summary>
/// Loads, builds, runs and fails without a logger, on stand-ins of TensorRT and CUDA, and writes nothing itself: a test reads
/// what the libraries wrote.
/// </summary>
internal static class ConsoleProbe
{
    /// <param name="model">An .onnx without dynamic dimensions.</param>
    /// <param name="failing">An .onnx whose second input is an index; ONNX Runtime logs an error for one outside.</param>
    /// <param name="cache">Folder of the cache.</param>
    /// <param name="library">The stand-in libnvinfer.</param>
    /// <param name="cuda">The stand-in libcuda.</param>
    /// <param name="announce">TensorRtOptions.AnnounceBuilds.</param>
    public static void Run(string model, string failing, string cache, string library, string cuda, bool announce)
    {
        var options = new TensorRtOptions
        {
            LibraryPath = library, CudaLibraryPath = cuda, CacheFolder = cache, AnnounceBuilds = announce,
            // The stand-in does not wait for the driver's copies here, so what it computes is nothing to compare.
            Parity = new() { Policy = ParityPolicy.Off },
        };
        // There is no engine yet: the processor runs it.
        Load(model, options, BackendKind.OnnxRuntimeCpu);
        // An application that calls this knows what it asks for.
        UntypedModel.BuildEngine(model, options with { AllowTf32 = true });
        Load(model, options with { BuildPolicy = BuildPolicy.WhenMissing }, BackendKind.TensorRT);
        Load(model, options with { BuildPolicy = BuildPolicy.WhenMissing }, BackendKind.TensorRT);
        Fails(() => UntypedModel.Load("no model"u8.ToArray()).Dispose());
        using var onCpu = UntypedModel.Load(failing, ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        using var inputs = onCpu.CreateInputs();
        using var outputs = onCpu.CreateOutputs();
        ((InputTensor<long>)inputs.Tensors[1]).Span[0] = 4711;
        Fails(() => onCpu.Run(inputs, outputs));
    }

    private static void Load(string path, TensorRtOptions options, BackendKind expected)
    {
        using var model = UntypedModel.Load(path, new() { TensorRT = options });
        if (model.Backend.Kind != expected) throw new InvalidOperationException($"{model.Backend}, not {expected}");
    }

    private static void Fails(Action call)
    {
        try
        {
            call();
        }
        catch (TrtBindingsException)
        {
            return;
        }

        throw new InvalidOperationException("It did not fail.");
    }
}
