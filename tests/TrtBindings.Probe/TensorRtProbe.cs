using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Probe;

/// <summary>First contact with a TensorRT: a wrong slot ends this process, and no other.</summary>
internal static class TensorRtProbe
{
    /// <summary>Prints the version, every question before it is asked, the answers, and at last <c>done</c>.</summary>
    /// <param name="path">The library.</param>
    /// <param name="cuda">A libcuda with a GPU; <see langword="null"/> for a library that is asked without one.</param>
    /// <returns>0 if every answer was the known one.</returns>
    public static int Run(string path, string? cuda)
    {
        TrtLibrary library;
        try
        {
            library = TrtLibrary.Load(path);
        }
        catch (TrtBindingsException e)
        {
            Console.WriteLine($"refused {e.Message}");
            return 1;
        }

        Console.WriteLine($"version {library.Version}");
        Console.WriteLine($"newer than the tables: {TrtReleases.IsNewerThanTables(library.Version)}");
        library.Logger.Sink = (severity, text) => Console.WriteLine($"log {severity} {text}");
        var context = cuda is null ? null : CudaContext.Of(CudaLibrary.Load(cuda).DeviceAt(0));
        using var scope = context is null ? default : context.Enter();
        var report = new SmokeReport(question => Console.WriteLine($"ask {question}"));
        LibrarySmoke.Run(library, context, report);
        LibrarySmoke.AskSiblings(library, TrtSiblings.Of(TrtFileNames.OfThisSystem, path, TrtLibrarySource.Option), report);
        foreach (var check in report) Console.WriteLine(check);
        Console.WriteLine("done");
        return report.Problems.Count == 0 ? 0 : 1;
    }
}
