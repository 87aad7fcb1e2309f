using System.Diagnostics.CodeAnalysis;

namespace TrtBindings;

/// <summary>The declarations on a model's item in the project, apart from names.</summary>
public sealed record ModelDeclaration
{
    /// <summary>Optimization profiles (<c>TrtProfile</c>): the sizes that the model is used with. May be empty.</summary>
    public EquatableArray<OptimizationProfile> Profiles { get; init; }

    /// <summary>Precision for TensorRT (<c>TrtPrecision</c>); <see langword="null"/> leaves it to the backend.</summary>
    public ModelPrecision? Precision { get; init; }

    /// <summary>The backend that the model is meant for (<c>TrtBackend</c>).</summary>
    public RequestedBackend Backend { get; init; }

    /// <summary>
    /// SHA-256 of the model that the build converted (<c>TrtConvert</c>), in hexadecimal digits: a converted file that names
    /// another model as its source is not loaded. Empty where the build converts nothing.
    /// </summary>
    public string SourceHash { get; init; } = "";

    /// <summary>
    /// Word for the model's family, where the item names one (<c>TrtTask</c>), such as <c>YoloDetect</c>; empty where the file
    /// tells it. Engines are compared by what the outputs of that family hold.
    /// </summary>
    public string Task { get; init; } = "";

    internal static ModelDeclaration None { get; } = new();

    /// <summary>
    /// Refuses sizes outside every profile if the item declares <c>TrtBackend="TensorRT"</c>, on every backend, so that a size
    /// that TensorRT will refuse is found on a machine without it. Without that declaration the CPU takes any size.
    /// </summary>
    /// <exception cref="TensorException">The sizes are outside every profile.</exception>
    internal void Check(ReadOnlySpan<long> dimensions)
    {
        if (Backend != RequestedBackend.TensorRT || Profiles.Count == 0) return;
        DimensionRange? outside = null;
        for (var i = 0; i < Profiles.Count; i++)
        {
            var range = Profiles[i].FirstOutside(dimensions);
            if (range is null) return;
            outside ??= range;
        }

        Throw(outside!, dimensions[outside!.Dimension]);
    }

    [DoesNotReturn]
    private void Throw(DimensionRange outside, long size)
    {
        var profiles = string.Join(" | ", Profiles);
        throw new TensorException(outside.Name, $"{outside.Name} = {size} lies in none of the model's profiles, {profiles}. "
            + "Use sizes within one of them, or widen them: TrtProfile on the model's item, or TensorRtOptions.Profiles.");
    }
}

/// <summary>The backend that a model is meant for, declared on its item with <c>TrtBackend</c>.</summary>
public enum RequestedBackend
{
    /// <summary>Any backend.</summary>
    Any,

    /// <summary>TensorRT. Sizes outside every declared profile are refused on every backend.</summary>
    TensorRT,

    /// <summary>ONNX Runtime.</summary>
    OnnxRuntime,
}
