using System.Runtime.InteropServices;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Probe;

/// <summary>Builds one engine on a stand-in, slowly, for a test that has several processes do so at once.</summary>
internal static unsafe class BuildProbe
{
    private const long MillisecondsOfAStep = 100;

    /// <summary>Loads a model on TensorRT only, which builds its engine if the cache has none and says so.</summary>
    public static void Load(string model, string cache, string library, string cuda)
    {
        using var loaded = TestSupport.UntypedModel.Load(model, ModelOptions.Require(BackendKind.TensorRT) with
        {
            TensorRT = new()
            {
                LibraryPath = library, CudaLibraryPath = cuda, CacheFolder = cache, BuildPolicy = BuildPolicy.WhenMissing,
            },
        });
        Console.WriteLine(loaded.Backend.Parity);
    }

    /// <summary>Prints the engine's path.</summary>
    /// <param name="model">An .onnx without dynamic dimensions.</param>
    /// <param name="cache">Folder of the cache.</param>
    /// <param name="library">The stand-in libnvinfer.</param>
    /// <param name="cuda">The stand-in libcuda.</param>
    public static void Run(string model, string cache, string library, string cuda)
    {
        var options = new ModelOptions
        {
            TensorRT = new() { LibraryPath = library, CudaLibraryPath = cuda, CacheFolder = cache },
        };
        var host = TensorRtHost.Open(options);
        var set = (delegate* unmanaged<byte*, long, void>)NativeLibrary.GetExport(NativeLibrary.Load(library), "fake_trt_set");
        fixed (byte* name = "buildMilliseconds\0"u8) set(name, MillisecondsOfAStep);
        var source = ModelSource.FromFile(model);
        var description = source.Describe();
        var signature = new ModelSignature(model, description.Inputs, description.Outputs);
        var recipe = new EngineRecipe(host, new(source, signature, description, signature.Declaration, options));
        using var engine = new EngineStore(new(null, Console.Error)).GetOrBuild(recipe, null, CancellationToken.None);
        Console.WriteLine(engine.Path);
    }
}
