using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TrtBindings.Backends;
using TrtBindings.Tensors;

namespace TrtBindings.OnnxRuntime;

/// <summary>ONNX Runtime with its CUDA provider.</summary>
internal sealed class OnnxRuntimeCudaProvider : IBackendProvider
{
    public BackendKind Kind => BackendKind.OnnxRuntimeCuda;

    public bool TryLoad(LoadRequest request, CancellationToken cancellationToken,
        [NotNullWhen(true)] out IBackendSession? session, [NotNullWhen(false)] out BackendRejection? rejection)
    {
        (session, rejection) = (null, null);
        var (source, options) = (request.Source, request.Options);
        if (options.OnnxRuntimeCuda.UseCudaGraph && WhyNoGraph(request.Description) is { } why)
        {
            rejection = new(Kind, why);
            return false;
        }

        try
        {
            var gpu = WithIndex(options.Gpu);
            if (!OrtCudaSession.TryLoad(source.Path, source.Bytes, OnnxRuntimeCpuProvider.SettingsOf(options),
                OptionsOf(gpu, options.OnnxRuntimeCuda), gpu.Index, options.OnnxRuntimeCuda, out session, out var reason))
                rejection = new(Kind, reason);
        }
        catch (TrtBindingsException e) when (options.Gpu.Uuid is not null && e is NativeLibraryException or CudaException)
        {
            rejection = new(Kind, e.Message) { Cause = e };
        }

        return session is not null;
    }

    /// <summary>The provider takes an index in CUDA's order only, so a UUID is looked up.</summary>
    private static GpuDevice WithIndex(GpuDevice gpu) => gpu.Uuid is null ? gpu : GpuDevice.At(Gpus.Find(gpu).Index);

    /// <summary>The provider's options by ONNX Runtime's names.</summary>
    internal static Dictionary<string, string> OptionsOf(GpuDevice gpu, OnnxRuntimeCudaOptions options)
    {
        var names = new Dictionary<string, string>
        {
            ["device_id"] = Number(gpu.Index), ["use_tf32"] = Switch(options.AllowTf32),
        };
        if (options.MemoryLimit is { } limit) names["gpu_mem_limit"] = Number(limit);
        if (options.ArenaGrowth is { } growth)
            names["arena_extend_strategy"] = growth == ArenaGrowth.SameAsRequested ? "kSameAsRequested" : "kNextPowerOfTwo";
        if (options.ConvolutionSearch is { } search)
            names["cudnn_conv_algo_search"] = search.ToString().ToUpperInvariant();
        if (options.ConvolutionMaxWorkspace is { } most) names["cudnn_conv_use_max_workspace"] = Switch(most);
        if (options.UseCudaGraph) names["enable_cuda_graph"] = "1";
        if (options.PreferChannelsLast is { } last) names["prefer_nhwc"] = Switch(last);
        return names;
    }

    /// <summary>Why the provider cannot record a model; <see langword="null"/> if only the provider knows.</summary>
    internal static string? WhyNoGraph(ModelDescription model)
    {
        foreach (var tensor in model.Inputs.Concat(model.Outputs))
        {
            if (tensor.Shape.IsFixed) continue;
            return $"OnnxRuntimeCudaOptions.UseCudaGraph is set, and '{tensor.Name}' {tensor.Shape} has a dynamic dimension, "
                + "which a CUDA graph cannot have. Fix the dimensions in the model file, or leave the option off.";
        }

        return null;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Switch(bool value) => value ? "1" : "0";
}
