using TrtBindings.Interop.TensorRT;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Host;
using TrtBindings.TensorRT.Running;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>A stand-in driver and a stand-in TensorRT that runs on its streams: the whole way of a run without a GPU.</summary>
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

    public HostSettings HostSettings => new(Trt.Path, Driver.Path, 0, null, []);

    public TensorRtHost Host => _host ??= TensorRtHost.Open(HostSettings);

    /// <summary>An engine of a text (native/tensorrt/fake/README.md says how) for a signature.</summary>
    public TensorRtSession Open(
        string text, ModelSignature signature, EngineSettings? settings = null, Action<TrtEngine>? refit = null)
    {
        using var plan = Read(Trt.Plan(text));
        return Open(plan, signature, settings, refit);
    }

    public TensorRtSession Open(
        EnginePlan plan, ModelSignature signature, EngineSettings? settings = null, Action<TrtEngine>? refit = null) =>
        TensorRtSession.Open(
            Host, plan, "model.engine", signature.Inputs, signature.Outputs, settings ?? new EngineSettings(), refit);

    /// <summary>An engine, and one set of tensors bound to it.</summary>
    public BoundModel Load(
        string text, ModelSignature signature, EngineSettings? settings = null, params long[] dimensions) =>
        new(Open(text, signature, settings), signature, dimensions);

    /// <summary>Bytes as the plan that a file would give.</summary>
    public static EnginePlan Read(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, bytes);
        using var file = File.OpenHandle(path, options: FileOptions.DeleteOnClose);
        return EnginePlan.Read(file, 0, bytes.Length, hash: null);
    }

    /// <summary>Nothing is left of any engine, and TensorRT was called in the right order.</summary>
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
