using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>In a child: loads the kernels for a model whose engine cache is in a folder, and prints how long that took.</summary>
/// <remarks>The numbers: first load, second load; of the first the first kernel, and the compilation of .NET methods.</remarks>
internal static class KernelLoadChild
{
    /// <summary>Argument: the cache's folder.</summary>
    public static int Run(string[] arguments)
    {
        using var model = SampleModel.Digits.LoadReady("fp32", new() { CacheFolder = arguments[0] });
        var ptx = KernelSet.Ptx();
        var compiled = JitInfo.GetCompilationTime(currentThread: true);
        var start = Stopwatch.GetTimestamp();
        using var module = model.Gpu!.LoadModule(ptx);
        var loaded = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        module.Kernel("copyUsed");
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var compiling = (JitInfo.GetCompilationTime(currentThread: true) - compiled).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        using var second = model.Gpu!.LoadModule(ptx);
        var again = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first} {again} {first - loaded} {compiling}"));
        return 0;
    }
}
