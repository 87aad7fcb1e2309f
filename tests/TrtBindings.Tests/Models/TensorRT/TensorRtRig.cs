using TrtBindings.Tests.Backends.TensorRT.Building;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Stand-ins for TensorRT and CUDA with their own cache, set through the public options.</summary>
internal sealed class TensorRtRig : IDisposable
{
    public TensorRtRig(int major = 10, int minor = 16)
    {
        Driver = new();
        Trt = new(major, minor);
        Trt.UseCuda(Driver.Path);
        Parser = new(Trt, major, minor);
    }

    public FakeDriver Driver { get; }

    public TrtStandIn Trt { get; }

    public ParserStandIn Parser { get; }

    public RecordingLogger Log { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("trtbindings-").FullName;

    /// <summary>Options for TensorRT only, without building.</summary>
    public ModelOptions Options => new()
    {
        RequiredBackend = BackendKind.TensorRT,
        Logger = Log,
        TensorRT = new()
        {
            LibraryPath = Trt.Path, CudaLibraryPath = Driver.Path, CacheFolder = Path.Combine(Folder, "cache"),
        },
    };

    /// <summary>Options for TensorRT only, with building.</summary>
    public ModelOptions Building => With(options => options with { BuildPolicy = BuildPolicy.WhenMissing });

    public ModelOptions With(Func<TensorRtOptions, TensorRtOptions> change) =>
        Options with { TensorRT = change(Options.TensorRT) };

    /// <summary>Writes an engine described by a text (see native/tensorrt/fake/README.md) to a file, after a header.</summary>
    public string Engine(string text, params byte[] header)
    {
        var path = Path.Combine(Folder, $"{Guid.NewGuid():N}.engine");
        File.WriteAllBytes(path, [.. header, .. Trt.Plan(text)]);
        return path;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Trt.Dispose();
        Driver.Dispose();
    }
}
