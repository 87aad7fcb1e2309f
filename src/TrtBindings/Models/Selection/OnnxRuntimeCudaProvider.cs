using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TrtBindings.Backends;
using TrtBindings.Backends.OnnxRuntime;

namespace TrtBindings;

/// <summary>ONNX Runtime with its CUDA provider.</summary>
internal sealed class OnnxRuntimeCudaProvider : IBackendProvider
{
    /// <summary>First minor release of ONNX Runtime whose CUDA provider knows <c>use_tf32</c>.</summary>
    private const int Tf32Minor = 18;

    public BackendKind Kind => BackendKind.OnnxRuntimeCuda;

    public bool TryLoad(ModelSource source, ModelSignature signature, ModelOptions options,
        [NotNullWhen(true)] out IBackendEngine? engine, out string reason)
    {
        var loaded = OrtCudaEngine.TryLoad(source.Path, source.Bytes, OnnxRuntimeCpuProvider.SettingsOf(options),
            OptionsOf(options.Gpu, options.OnnxRuntimeCuda), out var session, out reason);
        engine = session;
        return loaded;
    }

    /// <summary>The provider's options by ONNX Runtime's names.</summary>
    internal static List<OrtProviderOption> OptionsOf(GpuDevice gpu, OnnxRuntimeCudaOptions options)
    {
        List<OrtProviderOption> list = [new("device_id", Number(gpu.Index)), new("use_tf32", Switch(options.Tf32), Tf32Minor)];
        if (options.MemoryLimit is { } limit) list.Add(new("gpu_mem_limit", Number(limit)));
        if (options.ArenaGrowth is { } growth)
        {
            list.Add(new("arena_extend_strategy",
                growth == ArenaGrowth.SameAsRequested ? "kSameAsRequested" : "kNextPowerOfTwo"));
        }

        if (options.ConvolutionSearch is { } search)
            list.Add(new("cudnn_conv_algo_search", search.ToString().ToUpperInvariant()));
        if (options.ConvolutionMaxWorkspace is { } most) list.Add(new("cudnn_conv_use_max_workspace", Switch(most)));
        if (options.PreferChannelsLast is { } last) list.Add(new("prefer_nhwc", Switch(last)));
        return list;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Switch(bool value) => value ? "1" : "0";
}
