using TrtBindings.Backends;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT;

/// <summary>Reads the inputs and outputs of an engine that comes without its .onnx.</summary>
internal static class EngineSignature
{
    private const string Batch = "batch";

    /// <summary>Adds the tensors of an engine to what the metadata in front of it says.</summary>
    /// <param name="path">The engine.</param>
    /// <param name="metadata">What is known without TensorRT.</param>
    /// <param name="options">Checked options of the load.</param>
    /// <exception cref="EngineFileException">It is missing, damaged, not an engine, or TensorRT does not open it.</exception>
    /// <exception cref="ModelOptionException">The options require another backend.</exception>
    /// <exception cref="NativeLibraryException">TensorRT or the CUDA driver is missing or unusable.</exception>
    /// <exception cref="CudaException">The GPU is not there, cannot be used, or has too little memory.</exception>
    public static ModelDescription Read(string path, ModelDescription metadata, ModelOptions options)
    {
        if (options.RequiredBackend is { } required and not BackendKind.TensorRT)
        {
            throw new ModelOptionException("ModelOptions.RequiredBackend", $"'{path}' is an engine of TensorRT, and "
                + $"ModelOptions.RequiredBackend asks for {BackendNames.Of(required)}. Load the .onnx for that.");
        }

        var host = TensorRtHost.Open(options);
        using var file = EnginePlanFile.Open(path);
        using var plan = file.ReadPlan();
        using var scope = host.Context.Enter();
        using var engine = EngineOpener.Open(host, plan, file.Path, options.TensorRT.VersionCompatible, out _);
        var tensors = EngineTensor.ReadAll(engine);
        var hasOneInput = tensors.Count(tensor => tensor.IsInput) == 1;
        return metadata with
        {
            Inputs = new([.. tensors.Where(tensor => tensor.IsInput).Select(tensor => Describe(tensor, hasOneInput))]),
            Outputs = new([.. tensors.Where(tensor => !tensor.IsInput).Select(tensor => Describe(tensor, hasOneInput))]),
        };
    }

    /// <summary>
    /// Several inputs may have first dimensions of their own. Of one input it is the batch, which families are recognized by.
    /// </summary>
    private static TensorDescription Describe(EngineTensor tensor, bool hasOneInput)
    {
        var sizes = tensor.Shape.ToArray();
        var shape = new Dimension[sizes.Length];
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            shape[axis] = sizes[axis] >= 0 ? Dimension.Fixed(sizes[axis])
                : axis == 0 && hasOneInput ? Dimension.FromParameter(Batch) : Dimension.Unknown;
        }

        return TensorDescription.Of(tensor.Name.Text, tensor.Type, shape);
    }
}
