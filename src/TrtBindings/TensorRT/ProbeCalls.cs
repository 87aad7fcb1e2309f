using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;
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
    /// <param name="scratch">A folder that only this user can write to. Nothing is left in it.</param>
    /// <returns>Why nothing can be built here; empty if a builder was made, or was not asked for.</returns>
    /// <exception cref="NativeLibraryException">A result is wrong.</exception>
    public static string Try(TensorRtHost host, bool withBuilder, string scratch)
    {
        using (var runtime = TrtRuntime.Create(host.Library, host.Context))
        {
            runtime.SetMaxThreads(Threads);
            Check(host, "IRuntime.getMaxThreads", runtime.MaxThreads == Threads);
            Check(host, "IRuntime.getNbDLACores", runtime.NbDlaCores is >= 0 and < 64);
        }

        if (!withBuilder) return "";
        if (!host.Library.HasBuilder)
            return $"'{host.Library.Path}' is a runtime without a builder. Install the whole of TensorRT {host.Library.Version}.";
        var (major, minor) = host.ComputeCapability;
        string? resource = null;
        try
        {
            resource = host.Library.UseBuilderResource(host.Installation, major, minor, scratch);
            using var builder = TrtBuilder.Create(host.Library, host.Context);
            TryBuilder(host, builder);
        }
        catch (TensorRtException e)
        {
            // Ready engines run without a builder and its resource.
            return TrtBuilderResource.Missing(
                TrtFileNames.OfThisSystem, host.Installation, host.Library.Version, major, minor)
                ?? (resource is null ? e.Message : $"{resource} {e.Message}");
        }

        try
        {
            host.LoadParser();
            return "";
        }
        catch (NativeLibraryException e)
        {
            return e.Message;
        }
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
