using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT;

/// <summary>
/// Calls of TensorRT whose results are known. If the vtables of a TensorRT version differ from the known ones, a result is
/// wrong or the process crashes, and both are better here than in the application.
/// </summary>
internal static class ProbeCalls
{
    private const int Threads = 3;
    private const long Bytes = 12 << 20;

    /// <summary>Calls a runtime, and a builder if it is asked for and there is one.</summary>
    /// <param name="host">The TensorRT and the GPU.</param>
    /// <param name="withBuilder">
    /// Whether to make a builder, which takes seconds with the real library. Who opens an engine needs none.
    /// </param>
    /// <exception cref="NativeLibraryException">A result is wrong.</exception>
    public static void Try(TensorRtHost host, bool withBuilder)
    {
        using (var runtime = TrtRuntime.Create(host.Library, host.Context))
        {
            runtime.SetMaxThreads(Threads);
            Check(host, "IRuntime.getMaxThreads", runtime.MaxThreads == Threads);
            Check(host, "IRuntime.getNbDLACores", runtime.NbDlaCores is >= 0 and < 64);
        }

        if (!withBuilder || !host.Library.HasBuilder) return;
        TrtBuilder builder;
        try
        {
            builder = TrtBuilder.Create(host.Library);
        }
        catch (TensorRtException)
        {
            // The builder resource is missing. Engines run without it.
            return;
        }

        using (builder) TryBuilder(host, builder);
    }

    private static void TryBuilder(TensorRtHost host, TrtBuilder builder)
    {
        using var network = builder.CreateNetworkV2(TrtNetworkDefinitionCreationFlag.StronglyTyped);
        var input = network.AddInput("probe", TrtDataType.Float, new(2, 3, 5));
        Check(host, "ITensor.getDimensions", network.GetInput(0).Dimensions.ToArray() is [2, 3, 5]);
        Check(host, "ITensor.getName", input.Name == "probe");
        Check(host, "INetworkDefinition.getNbInputs", network.NbInputs == 1);
        using var config = builder.CreateBuilderConfig();
        config.SetMemoryPoolLimit(TrtMemoryPoolType.Workspace, Bytes);
        Check(host, "IBuilderConfig.getMemoryPoolLimit", config.GetMemoryPoolLimit(TrtMemoryPoolType.Workspace) == Bytes);
        config.SetFlag(TrtBuilderFlag.Refit);
        Check(host, "IBuilderConfig.getFlag", config.GetFlag(TrtBuilderFlag.Refit) && !config.GetFlag(TrtBuilderFlag.Debug));
    }

    private static void Check(TensorRtHost host, string function, bool isRight)
    {
        if (isRight) return;
        throw new NativeLibraryException(TrtLibrary.PlainName, $"TensorRT {host.Library.Version} at '{host.Library.Path}' gives "
            + $"a wrong answer to {function}: its binary interface is not the one that this version of TrtBindings knows. Use "
            + "another version of TensorRT, or update TrtBindings.", [host.Library.Path]);
    }
}
