using System.Diagnostics;

namespace TrtBindings.Cli.Doctor;

/// <summary>What a child process of <c>trtb doctor</c> does. Its purpose is to crash in place of the tool.</summary>
internal static class ChildWork
{
    public const string Touch = "touch";
    public const string Driver = "driver";
    public const string Convolution = "convolution";
    public const string Model = "model";

    private const string TensorRtKey = "tensorrt=";
    private const string OnnxRuntimeKey = "onnxruntime=";

    /// <summary>Does the work if the command line is that of a child.</summary>
    public static bool TryRun(string[] arguments, out int exitCode)
    {
        exitCode = 0;
        if (arguments is not [Children.Mark, var work, .. var rest]) return false;
        ChildAnswer answer;
        try
        {
            answer = work switch
            {
                Touch => LibraryTouch.Run(rest[0]),
                Driver => DriverTouch.Run(rest[0]),
                Convolution => Convolve(Enum.Parse<BackendKind>(rest[0]), OptionsOf(rest)),
                _ => Select(rest[0], OptionsOf(rest)),
            };
        }
        catch (BackendUnavailableException e)
        {
            answer = new() { Works = false, Text = e.Reason };
        }
        catch (Exception e) when (e is TrtBindingsException or IOException or DllNotFoundException or BadImageFormatException)
        {
            answer = new() { Works = false, Text = e.Message };
        }

        Console.Out.WriteLine((answer with { Libraries = LoadedLibraries.OfGpus() }).ToLine());
        return true;
    }

    /// <summary>The arguments of a child for what the user chose.</summary>
    public static IEnumerable<string> Arguments(DoctorRequest request)
    {
        if (request.TensorRt is { } tensorRt) yield return TensorRtKey + tensorRt;
        if (request.OnnxRuntime is { } onnxRuntime) yield return OnnxRuntimeKey + onnxRuntime;
    }

    private static ModelOptions OptionsOf(string[] arguments)
    {
        return new() { OnnxRuntimeLibrary = Value(OnnxRuntimeKey), TensorRT = new() { LibraryPath = Value(TensorRtKey) } };

        string? Value(string key) =>
            arguments.FirstOrDefault(argument => argument.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
    }

    private static ChildAnswer Convolve(BackendKind backend, ModelOptions options)
    {
        var cache = Directory.CreateTempSubdirectory("trtb-doctor-").FullName;
        try
        {
            options = options with
            {
                RequiredBackend = backend,
                TensorRT = options.TensorRT with
                {
                    CacheFolder = cache,
                    BuildPolicy = BuildPolicy.WhenMissing,
                    AnnounceBuilds = false,
                    OptimizationLevel = 0,
                },
            };
            using var model = UntypedOnnxModel.Load(TinyConvolution.Model(), options);
            using var inputs = model.AllocateInputs();
            using var outputs = model.AllocateOutputs(inputs);
            TinyConvolution.Input().CopyTo(inputs.Get<float>("x").Span);
            model.Run(inputs, outputs);
            var watch = Stopwatch.StartNew();
            model.Run(inputs, outputs);
            var time = watch.Elapsed.TotalMilliseconds;
            var problem = TinyConvolution.Difference(outputs.Get<float>("y").Span);
            return new()
            {
                Works = problem is null, Text = problem ?? "", Version = model.Backend.Version, Path = model.Backend.LibraryPath,
                Milliseconds = time,
            };
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    private static ChildAnswer Select(string file, ModelOptions options)
    {
        using var model = UntypedOnnxModel.Load(file, options);
        return new()
        {
            Works = true, Text = model.Backend.ToString(), Version = model.Backend.Version, Path = model.Backend.LibraryPath,
            Lines = [.. model.Backend.Rejected.Select(rejected => rejected.ToString())],
        };
    }
}
