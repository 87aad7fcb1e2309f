using Microsoft.Extensions.Logging;
using TrtBindings.Backends;
using TrtBindings.Interop.TensorRT;
using TrtBindings.TensorRT.Running;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>A stand-in driver and a stand-in TensorRT that runs on its streams: complete runs without a GPU.</summary>
internal sealed class GpuStandIns : IDisposable
{
    private TensorRtHost? _host;

    public GpuStandIns(int major = 10, int minor = 16)
    {
        Driver = new();
        Trt = new(major, minor);
        Trt.UseCuda(Driver.Path);
    }

    public FakeDriver Driver { get; }

    public TrtStandIn Trt { get; }

    /// <summary>Options that name the stand-ins.</summary>
    public ModelOptions Options => new() { TensorRT = new() { LibraryPath = Trt.Path, CudaLibraryPath = Driver.Path } };

    public TensorRtHost Host => _host ??= TensorRtHost.Open(Options);

    /// <summary>Opens an engine described by a text (see native/tensorrt/fake/README.md).</summary>
    public TensorRtSession Open(
        string text, ModelSignature signature, ModelOptions? options = null, Action<TrtEngine>? refit = null)
    {
        using var plan = Read(Trt.Plan(text));
        return Open(plan, signature, options, refit);
    }

    public TensorRtSession Open(
        EnginePlan plan, ModelSignature signature, ModelOptions? options = null, Action<TrtEngine>? refit = null) =>
        TensorRtSession.Open(Host, plan, "model.engine", signature, options ?? new(), refit);

    /// <summary>Opens an engine and binds one set of tensors.</summary>
    public BoundModel Load(
        string text, ModelSignature signature, ModelOptions? options = null, params long[] dimensions) =>
        new(Open(text, signature, options), signature, dimensions);

    /// <summary>Options for a session.</summary>
    public static ModelOptions With(
        int runs = 4, bool graphs = true, nint stream = 0, ILogger? log = null, bool hostCode = false) => new()
        {
            Logger = log,
            TensorRT = new()
            {
                MaxConcurrentRuns = runs, UseCudaGraphs = graphs, Stream = stream, VersionCompatible = hostCode,
            },
        };

    /// <summary>Makes a plan of bytes, as if they came from a file.</summary>
    public static EnginePlan Read(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, bytes);
        using var file = File.OpenHandle(path, options: FileOptions.DeleteOnClose);
        return EnginePlan.Read(file, 0, bytes.Length, hash: null);
    }

    /// <summary>Checks that every native object is destroyed, in the right order.</summary>
    public void ShouldBeClean()
    {
        Trt.ShouldBeClean("engine", "context", "refitter", "inspector");
        Driver.Live("streams").ShouldBeLessThanOrEqualTo(2, "the allocator's own stream stays, and that for copies of buffers");
        Driver.Live("graphs").ShouldBe(0);
        Driver.Live("execs").ShouldBe(0);
        Host.Context.Allocator.LiveRanges.ShouldBe(0);
    }

    public void Dispose()
    {
        Trt.Dispose();
        Driver.Dispose();
    }
}
