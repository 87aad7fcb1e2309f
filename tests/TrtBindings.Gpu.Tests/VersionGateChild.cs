using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Gpu.Tests;

/// <summary>
/// In a child: loads a library that is no full TensorRT, passes the version gate and calls what a runtime of it has.
/// </summary>
internal static class VersionGateChild
{
    /// <summary>Arguments: path of the library, and its kind (<c>lean</c>, <c>dispatch</c>).</summary>
    public static int Run(string[] arguments)
    {
        CallLog.Kind = arguments[1];
        var library = TrtLibrary.Load(arguments[0]);
        Console.WriteLine($"version {library.Version}");
        Console.WriteLine($"builder {library.HasBuilder}");
        var lines = 0;
        library.Logger.Sink += (_, _) => Interlocked.Increment(ref lines);
        using var scope = GpuMachine.Context.Enter();
        using var runtime = TrtRuntime.Create(library, GpuMachine.Context);
        Console.WriteLine($"dla {runtime.NbDlaCores}");
        runtime.SetMaxThreads(3);
        Console.WriteLine($"threads {runtime.MaxThreads}");
        runtime.EngineHostCodeAllowed = true;
        Console.WriteLine($"hostCode {runtime.EngineHostCodeAllowed}");
        runtime.EngineHostCodeAllowed = false;
        Console.WriteLine($"hostCode {runtime.EngineHostCodeAllowed}");
        runtime.SetTemporaryDirectory(Path.GetTempPath());
        try
        {
            runtime.DeserializeCudaEngine("this is no engine, and longer than any header that a plan could begin with"u8);
            Console.WriteLine("engine opened");
        }
        catch (TensorRtException e)
        {
            Console.WriteLine($"refused {e.Messages.Count > 0} {string.Join(" | ", e.Messages)}");
        }

        Console.WriteLine($"logged {lines > 0}");
        return 0;
    }
}
