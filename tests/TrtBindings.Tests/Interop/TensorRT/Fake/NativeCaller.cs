using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>Calls callback objects through C++ classes, from native threads; see drive.cpp of the stand-in.</summary>
internal sealed unsafe class NativeCaller(TrtStandIn fake)
{
    public (string Kind, int Version) Interface(TrtCallback callback)
    {
        var kind = stackalloc byte[64];
        var version = ((delegate* unmanaged<nint, byte*, nuint, int>)fake.Export("fake_trt_interface"))(callback.Raw, kind, 64);
        return (System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)kind)!, version);
    }

    public void Delete(TrtCallback callback) => ((delegate* unmanaged<nint, void>)fake.Export("fake_trt_delete"))(callback.Raw);

    public void Log(TrtLogger logger, int threads, int lines) => Threads("fake_trt_log", logger, threads, lines);

    public void Profile(TrtProfiler profiler, int threads, int layers) =>
        Threads("fake_trt_profile", profiler, threads, layers);

    /// <returns>The number of refused steps.</returns>
    public int Progress(TrtProgressMonitor monitor, int threads, int steps) =>
        Threads("fake_trt_progress", monitor, threads, steps);

    /// <returns>The number of errors that the recorder then has.</returns>
    public int Report(TrtErrorRecorder recorder, int threads, int errors) =>
        Threads("fake_trt_report", recorder, threads, errors);

    /// <returns>The number of blocks that could not be allocated or freed.</returns>
    public int Allocate(TrtGpuAllocator allocator, int threads, int blocks) =>
        Threads("fake_trt_allocate", allocator, threads, blocks);

    public nint Output(TrtOutputAllocator allocator, nint current, ulong size, nint stream) =>
        ((delegate* unmanaged<nint, nint, ulong, nint, nint>)fake.Export("fake_trt_output"))(
            allocator.Raw, current, size, stream);

    private int Threads(string function, TrtCallback callback, int threads, int each) =>
        ((delegate* unmanaged<nint, int, int, int>)fake.Export(function))(callback.Raw, threads, each);
}
