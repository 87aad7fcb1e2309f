using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>In a child: loads the kernels for a model whose engine cache is in a folder, and prints how long that took.</summary>
/// <remarks>The numbers: first load, second load; of the first the first kernel, and the compilation of .NET methods.</remarks>
internal static class KernelLoadChild
{
    /// <summary>Arguments: the cache's folder; <c>steps</c> for the parts of a first load, one by one.</summary>
    public static int Run(string[] arguments)
    {
        using var model = SampleModel.Digits.LoadReady("fp32", new() { CacheFolder = arguments[0] });
        if (arguments is [_, "steps"]) return Steps(arguments[0]);
        var compiled = JitInfo.GetCompilationTime(currentThread: true);
        var start = Stopwatch.GetTimestamp();
        using var module = model.Gpu!.LoadModule(KernelSet.Ptx);
        var loaded = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        module.Kernel("copyUsed");
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var compiling = (JitInfo.GetCompilationTime(currentThread: true) - compiled).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        using var second = model.Gpu!.LoadModule(KernelSet.Ptx);
        var again = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first} {again} {first - loaded} {compiling}"));
        return 0;
    }

    private static int Steps(string folder)
    {
        var context = GpuMachine.Context;
        var parts = new List<string>();
        byte[]? cubin = null;
        var (path, target) = ("", "");
        CudaModule? module = null;
        Time("nothing", () =>
        {
        });
        Time("PTX", () => _ = KernelSet.Ptx[^1]);
        Time("folder", () => path = EngineCacheFolder.Prepare(
            Path.Combine(EngineCacheFolder.Prepare(folder), KernelCache.Subfolder)));
        Time("name", () =>
        {
            target = GpuModule.TargetOf(context.Device);
            path = Path.Combine(path, $"{KernelFile.NameOf(KernelSet.Ptx)}-{target}{KernelCache.Extension}");
        });
        Time("file", () => cubin = KernelFile.Read(path, KernelSet.Ptx));
        Time("touch", () => CacheFiles.TryTouch(path));
        Time("cuModuleLoadData", () => module = CudaModule.Load(context, cubin));
        Time("kernel", () => module!.Function("copyUsed"));
        Time("cuModuleLoadData again", () => module = CudaModule.Load(context, cubin));
        Time("file again", () => cubin = KernelFile.Read(path, KernelSet.Ptx));
        parts.Add(FormattableString.Invariant($"{cubin!.Length} bytes of cubin"));
        Console.WriteLine(string.Join(", ", parts));
        return 0;

        void Time(string what, Action step)
        {
            var compiled = JitInfo.GetCompilationTime(currentThread: true);
            var start = Stopwatch.GetTimestamp();
            step();
            var all = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            compiled = JitInfo.GetCompilationTime(currentThread: true) - compiled;
            parts.Add(FormattableString.Invariant($"{what} {all:0.00} ms ({compiled.TotalMilliseconds:0.00} compiling)"));
        }
    }
}
