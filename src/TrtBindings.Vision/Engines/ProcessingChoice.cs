namespace TrtBindings.Vision.Engines;

/// <summary>Decides which halves of an engine's work run on the GPU, and says why not the others.</summary>
/// <typeparam name="TResult">The result of one image.</typeparam>
internal sealed class ProcessingChoice<TResult>(
    IRunnableModel model, EngineOptions options, GpuFactory<TResult>? factory)
    where TResult : class
{
    private readonly List<string> _reasons = [];
    private bool _hasKernels;

    /// <summary>Loads the kernels, if anything is to run on a GPU.</summary>
    public KernelShare? Load()
    {
        if (options.Processing == Processing.Cpu) _reasons.Add("Processing is Cpu");
        else if (model.Gpu is null) _reasons.Add(GpuProblem(model.Backend));
        else if (factory is null) _reasons.Add("this family has no kernels");
        if (_reasons.Count > 0) return null;
        try
        {
            var share = KernelShare.For(model.Gpu!);
            _hasKernels = true;
            return share;
        }
        catch (CudaException e) when (e is not DeviceLostException)
        {
            _reasons.Add($"the kernels do not load: {e.Message}");
            return null;
        }
    }

    /// <summary>Decides.</summary>
    /// <exception cref="ProcessingException">The options ask for the GPU, and not all can be done there.</exception>
    public (ProcessingPlaces Places, EngineProcessing Processing) Decide()
    {
        var before = _hasKernels ? InputProblem() ?? factory!.PreprocessingProblem : "";
        var after = _hasKernels ? OutputProblem() ?? factory!.PostprocessingProblem : "";
        if (before is { Length: > 0 }) _reasons.Add($"preprocessing: {before}");
        if (after is { Length: > 0 }) _reasons.Add($"postprocessing: {after}");
        var places = new ProcessingPlaces(before is null, after is null);
        if (options.KeepsOnDevice && !places.Postprocesses)
        {
            throw new ProcessingException(
                $"Results are to stay on the GPU, but '{model.Signature.File}' does not make them there: "
                + $"{string.Join("; ", _reasons)}. Do not ask for results on the device, or remove the reason.", _reasons);
        }

        if (options.Processing != Processing.Gpu || places.IsBoth) return (places, Report(places));
        throw new ProcessingException($"Processing is Gpu, but '{model.Signature.File}' cannot be processed there: "
            + $"{string.Join("; ", _reasons)}. Use Processing.Auto to do on the processor what the GPU cannot.", _reasons);
    }

    /// <summary>Whether an error of the GPU leads to the processor, with its message as the reason.</summary>
    public bool MayFallBack(CudaException error)
    {
        if (options.Processing == Processing.Gpu || options.KeepsOnDevice || error is DeviceLostException) return false;
        _reasons.Add(error.Message);
        return true;
    }

    /// <summary>The decision after <see cref="MayFallBack"/>.</summary>
    public EngineProcessing ToCpu() => Report(default);

    private EngineProcessing Report(ProcessingPlaces places) =>
        new(Place(places.Preprocesses), Place(places.Postprocesses), [.. _reasons]);

    private static ProcessingPlace Place(bool isGpu) => isGpu ? ProcessingPlace.Gpu : ProcessingPlace.Cpu;

    private static string GpuProblem(BackendInfo backend) => backend.Kind == BackendKind.OnnxRuntimeCuda
        ? "with OnnxRuntimeCudaOptions.ConcurrentRuns nothing else can be queued on the streams of ONNX Runtime"
        : $"{backend} runs the model, and model.Backend.Rejected says why no GPU does";

    private string? InputProblem()
    {
        var input = model.Signature.Inputs[0];
        return input.ElementType is ElementType.Float or ElementType.Float16 ? null
            : $"'{input.Name}' is {input.TypeText}, and kernels write float and float16";
    }

    private string? OutputProblem()
    {
        foreach (var output in model.Signature.Outputs)
        {
            if (output.ElementType.BitWidth() >= 8) continue;
            return $"'{output.Name}' is {output.TypeText}, which kernels do not read";
        }

        return null;
    }
}
