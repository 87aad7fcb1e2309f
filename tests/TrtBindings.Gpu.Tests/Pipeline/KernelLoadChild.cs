using System.Diagnostics;
using System.Globalization;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>In a child: loads the kernels for a model whose engine cache is in a folder, and prints how long that took.</summary>
internal static class KernelLoadChild
{
    /// <summary>Argument: the cache's folder.</summary>
    public static int Run(string[] arguments)
    {
        using var model = SampleModel.Digits.LoadReady("fp32", new() { CacheFolder = arguments[0] });
        var ptx = KernelSet.Ptx();
        var start = Stopwatch.GetTimestamp();
        using var module = model.Gpu!.LoadModule(ptx);
        module.Kernel("copyUsed");
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        using var second = model.Gpu!.LoadModule(ptx);
        var again = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first} {again}"));
        return 0;
    }
}
