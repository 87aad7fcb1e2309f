namespace TrtBindings.Cli.Models;

/// <summary>Opens whatever file the user gives: an .onnx, or a TensorRT engine.</summary>
internal static class ModelFile
{
    private static readonly string[] EngineEndings = [".engine", ".plan", ".trt"];

    /// <summary>Whether a file is a TensorRT engine, by its name or, for a name that does not tell, by its content.</summary>
    public static bool IsEngine(string path)
    {
        if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) return false;
        if (EngineEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))) return true;
        try
        {
            ModelSource.FromEngine(path).Describe();
            return true;
        }
        catch (EngineFileException)
        {
            return false;
        }
    }

    /// <summary>
    /// Loads a file. TensorRT builds the engine of an .onnx if it is asked for by name and the cache has none, with progress.
    /// </summary>
    public static Task<UntypedOnnxModel> LoadAsync(
        string path, ModelOptions options, Screen screen, CancellationToken cancellation)
    {
        if (IsEngine(path)) return Task.FromResult(UntypedOnnxModel.LoadEngine(path, options, cancellation));
        if (options.RequiredBackend != BackendKind.TensorRT)
            return Task.FromResult(UntypedOnnxModel.Load(path, options, cancellation));
        return screen.WithProgressAsync("Building the engine", progress => Task.Run(
            () => UntypedOnnxModel.Load(path, options with
            {
                TensorRT = options.TensorRT with
                {
                    BuildPolicy = BuildPolicy.WhenMissing,
                    Progress = new BuildSteps(progress),
                },
            }, cancellation), CancellationToken.None));
    }
}
