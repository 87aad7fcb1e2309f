using TrtBindings.Backends;
using TrtBindings.ModelFiles.Onnx;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Everything that an engine is built from, resolved for one TensorRT on one GPU. The cache key is made from the same facts.
/// </summary>
internal sealed class EngineRecipe
{
    /// <exception cref="ModelOptionException">A dynamic dimension has no sizes to build for.</exception>
    public EngineRecipe(TensorRtHost host, LoadRequest request)
    {
        (Host, Source, Signature, Options) = (host, request.Source, request.Signature, request.Options.TensorRT);
        Request = request;
        Profiles = ProfileResolver.Complete(request.Signature, request.Declaration);
        Precision = Options.Precision ?? request.Declaration.Precision ?? ModelPrecision.Float32;
        IsStronglyTyped = Precision == ModelPrecision.AsInModel || !host.HasWeakTyping;
        // TensorRT 10 takes quantization nodes only if the build allows their type. TensorRT 11 takes them as they are.
        var needsFlags = !IsStronglyTyped
            && request.Description.Operators.Any(op => op.Name == "DequantizeLinear");
        AllowsFloat8 = Precision == ModelPrecision.Float8
            || (needsFlags && request.Description.InitializerTypes.Any(type => type.ElementType is ElementType.Float8E4M3FN));
        AllowsInt8 = Precision == ModelPrecision.Int8 || needsFlags;
        CarriesLeanRuntime = Options.VersionCompatible && LeanRuntime.IsInstalled(host);
        SuppressesBoxes = BuildSupport.SuppressesBoxes(request.Description);
        HasPlaceholders = PlaceholderNames.AreIn(request.Description.Inputs.Concat(request.Description.Outputs));
        // The description was checked: each file is there, inside the model's folder.
        ExternalFiles = [.. request.Description.ExternalData
            .Select(data => (data.Location, Path: ExternalDataPath.Find(Source.Path!, data.Location)!))
            .DistinctBy(file => file.Path)];
    }

    /// <summary>The TensorRT and the GPU to build with.</summary>
    public TensorRtHost Host { get; }

    /// <summary>The model and all options.</summary>
    public LoadRequest Request { get; }

    /// <summary>The .onnx.</summary>
    public ModelSource Source { get; }

    /// <summary>The model's inputs and outputs.</summary>
    public ModelSignature Signature { get; }

    /// <summary>The options, checked.</summary>
    public TensorRtOptions Options { get; }

    /// <summary>Profiles with a range for every dynamic dimension; none for a model without dynamic dimensions.</summary>
    public IReadOnlyList<OptimizationProfile> Profiles { get; }

    /// <summary>The precision of the options, or else the item's, or else 32-bit floats.</summary>
    public ModelPrecision Precision { get; }

    /// <summary>Every value has exactly the type that the model gives it. TensorRT 11 always builds so.</summary>
    public bool IsStronglyTyped { get; }

    /// <summary>8-bit integers are allowed: the options ask for them, or quantization nodes need them (10.x).</summary>
    public bool AllowsInt8 { get; }

    /// <summary>8-bit floats are allowed: the options ask for them, or quantization nodes need them (10.x).</summary>
    public bool AllowsFloat8 { get; }

    /// <summary>The engine carries the lean runtime that later versions of TensorRT run it with.</summary>
    public bool CarriesLeanRuntime { get; }

    /// <summary>The graph computes by itself which boxes overlap: <see cref="BuildSupport.SuppressesBoxes"/>.</summary>
    public bool SuppressesBoxes { get; }

    /// <summary>Dimensions of inputs or outputs have placeholder names, which TensorRT must not see.</summary>
    public bool HasPlaceholders { get; }

    /// <summary>Files beside the .onnx that hold weights: the location as the model gives it, and the full path.</summary>
    public IReadOnlyList<(string Location, string Path)> ExternalFiles { get; }
}
