using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.TestSupport;

namespace TrtBindings.Probe;

/// <summary>An application that makes ONNX Runtime's environment before the first model, with one thread pool for all.</summary>
internal static class ThreadProbe
{
    private const int Models = 8;
    private const int PoolThreads = 4;

    /// <summary>Prints how many threads models start with pools of their own and with a shared one, and the library.</summary>
    public static void Run(string path)
    {
        using var threading = new OrtThreadingOptions();
        (threading.GlobalIntraOpNumThreads, threading.GlobalInterOpNumThreads) = (PoolThreads, 1);
        var options = new EnvironmentCreationOptions { logId = "probe", threadOptions = threading };
        OrtEnv.CreateInstanceWithOptions(ref options);
        var own = Started(path, new() { IntraOpThreads = PoolThreads }, out _);
        var shared = Started(path, new() { ConfigureSession = session => session.DisablePerSessionThreads() }, out var library);
        Console.WriteLine($"threads of {Models} models with pools of their own: {own}");
        Console.WriteLine($"threads of {Models} models with a shared pool: {shared}");
        Console.WriteLine(library);
    }

    /// <summary>
    /// The same with <see cref="ModelOptions.SharedThreads"/>, and what other numbers of it give. Without a pool from the
    /// beginning, only the error.
    /// </summary>
    public static void RunOption(string path, bool isFirst)
    {
        if (!isFirst) UntypedModel.Load(path, new()).Dispose();
        else
        {
            var shared = Started(path, new() { SharedThreads = PoolThreads, AllowSpinning = false }, out _);
            var own = Started(path, new() { IntraOpThreads = PoolThreads }, out _);
            Console.WriteLine($"threads of {Models} models with pools of their own: {own}");
            Console.WriteLine($"threads of {Models} models with a shared pool: {shared}");
        }

        UntypedModel.Load(path, new() { SharedThreads = PoolThreads - 1, AllowSpinning = false }).Dispose();
    }

    private static int Started(string path, ModelOptions options, out string library)
    {
        // The first model loads what every model needs.
        using var first = UntypedModel.Load(path, options);
        library = first.Backend.LibraryPath;
        var before = Count();
        UntypedModel[] models = [.. Enumerable.Range(0, Models).Select(_ => UntypedModel.Load(path, options))];
        var started = Count() - before;
        foreach (var model in models) model.Dispose();
        return started;
    }

    private static int Count()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
