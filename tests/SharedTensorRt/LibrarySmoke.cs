using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>
/// The first calls on a library that the tables were not checked with: harmless, with known results. It needs no engine and no
/// builder and works with lean and dispatch runtimes too. Run it in a process of its own, because a wrong slot is likely to
/// crash.
/// </summary>
internal static class LibrarySmoke
{
    /// <summary>Runs all checks.</summary>
    /// <param name="library">The library.</param>
    /// <param name="cuda">A GPU that is current now; <see langword="null"/> for a stand-in that needs none.</param>
    /// <param name="report">Gets the answers; <see langword="null"/> for a new one.</param>
    public static SmokeReport Run(TrtLibrary library, CudaContext? cuda = null, SmokeReport? report = null)
    {
        report ??= new();
        report.True("a known major", () => TrtReleases.IsKnown(library.Version.Major));
        report.Equal("getInferLibVersion", library.Version.Number, () => AskVersion(library));
        var lines = 0;
        var (sink, least) = (library.Logger.Sink, library.Logger.LeastSevere);
        library.Logger.LeastSevere = TrtSeverity.Verbose;
        library.Logger.Sink = (severity, text) =>
        {
            Interlocked.Increment(ref lines);
            sink?.Invoke(severity, text);
        };
        try
        {
            using var runtime = report.Make("createInferRuntime", () => TrtRuntime.Create(library, cuda));
            if (runtime is not null) Ask(runtime, report);
            // With a GPU, creating a runtime logs nothing. Opening bytes that are no engine does.
            report.True("the logger is called", () => Volatile.Read(ref lines) > 0);
        }
        finally
        {
            (library.Logger.Sink, library.Logger.LeastSevere) = (sink, least);
        }

        return report;
    }

    /// <summary>Checks that the parser and the plug-ins beside the library load and work with it.</summary>
    public static void AskSiblings(TrtLibrary library, TrtInstallation installation, SmokeReport report)
    {
        if (installation.Parser is { } parser)
            report.True("getNvOnnxParserVersion", () => TrtParserLibrary.Load(library, parser).Version > 0);
        if (installation.VersionCompatiblePlugins is { } compatible)
            report.True("load nvinfer_vc_plugin", () => NativeLibrary.Load(compatible) != 0);
        if (installation.Plugins is { } plugins)
            report.Does("initLibNvInferPlugins", () => TrtPluginLibrary.Initialize(library, plugins));
    }

    private static unsafe int AskVersion(TrtLibrary library) => library.Exports.GetInferLibVersion();

    private static void Ask(TrtRuntime runtime, SmokeReport report)
    {
        report.True("getNbDLACores", () => runtime.NbDlaCores is >= 0 and <= 16);
        report.True("getMaxThreads", () => runtime.MaxThreads is >= 1 and <= 4096);
        foreach (var threads in new[] { 3, 1 })
        {
            report.Does($"setMaxThreads({threads})", () => runtime.SetMaxThreads(threads));
            report.Equal($"getMaxThreads after it", threads, () => runtime.MaxThreads);
        }

        report.Refuses("setMaxThreads(0)", () => runtime.SetMaxThreads(0), inWords: false);
        report.Equal("getEngineHostCodeAllowed", false, () => runtime.EngineHostCodeAllowed);
        foreach (var allowed in new[] { true, false })
        {
            report.Does($"setEngineHostCodeAllowed({allowed})", () => runtime.EngineHostCodeAllowed = allowed);
            report.Equal("getEngineHostCodeAllowed after it", allowed, () => runtime.EngineHostCodeAllowed);
        }

        report.Does("setTemporaryDirectory", () => SlotCalls.SetText(
            runtime.Library.Slots, "VRuntime", runtime.Raw, "setTemporaryDirectory", Path.GetTempPath()));
        var noEngine = "no engine, and longer than what an engine's file begins with; nothing of this is ever opened"u8.ToArray();
        report.Refuses("deserializeCudaEngine of other bytes", () => runtime.DeserializeCudaEngine(noEngine).Dispose());
        report.Equal("getMaxThreads after an error", 1, () => runtime.MaxThreads);
    }
}
