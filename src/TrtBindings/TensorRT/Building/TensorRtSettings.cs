using TrtBindings.ModelFiles.Onnx;
using TrtBindings.TensorRT.Host;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT.Building;

/// <summary>Says in the backend's own records what the public options and the model's item say.</summary>
internal static class TensorRtSettings
{

    public static HostSettings Host(ModelOptions options) => new(options.TensorRT.LibraryPath, options.TensorRT.CudaLibraryPath,
        options.Gpu.Index, options.Gpu.Uuid, [.. options.TensorRT.PluginLibraries]);

    /// <remarks>
    /// Code in a version-compatible engine runs only where the application asked for such engines: one from a file that says
    /// so by itself does not.
    /// </remarks>
    public static EngineSettings Engine(ModelOptions options) => new(options.TensorRT.MaxConcurrentRuns,
        options.TensorRT.UseCudaGraphs, options.TensorRT.Stream, options.Logger, options.TensorRT.VersionCompatible);

    /// <exception cref="TensorException">A dynamic dimension without sizes.</exception>
    public static BuildSettings Build(
        ModelSignature signature, ModelDescription file, ModelDeclaration declaration, TensorRtOptions options,
        bool weakTyping)
    {
        var precision = options.Precision ?? declaration.Precision;
        return new()
        {
            Profiles = [.. ProfileResolver.Complete(signature, declaration).Select(profile => Profile(signature, profile))],
            Precision = Precision(precision) | (precision == ModelPrecision.AsInModel ? default : Quantized(file, weakTyping)),
            StronglyTyped = precision == ModelPrecision.AsInModel,
            Tf32 = options.AllowTf32,
            WorkspaceBytes = options.WorkspaceBytes,
            OptimizationLevel = options.OptimizationLevel,
            Refittable = options.Refittable,
            StripWeights = options.StripWeights,
            VersionCompatible = options.VersionCompatible,
            Portability = Portability(options.HardwareCompatibility),
            Calibration = options.Calibration is { } source ? new CalibrationData(source, signature, declaration) : null,
            PluginLibraries = [.. options.PluginLibraries],
            CacheFolder = options.CacheFolder,
            CacheSizeLimit = options.CacheSizeLimit,
            TimingCache = options.UseTimingCache,
        };
    }

    public static ModelContent Model(ModelSource source, ModelDescription file) => new(source.Name, source.Path, source.Bytes,
    [
        // Description and files were checked: each is there, within the model's folder.
        .. file.ExternalData.Select(data =>
            new ExternalFile(data.Location, ExternalDataPath.Find(source.Path!, data.Location)!)).DistinctBy(data => data.Path),
    ]) { Inputs = [.. file.Inputs] };

    /// <summary>One profile with the shape of every input that has dynamic dimensions.</summary>
    internal static BuildProfile Profile(ModelSignature signature, OptimizationProfile profile)
    {
        var ranges = new List<ProfileRange>();
        for (var input = 0; input < signature.Inputs.Count; input++)
        {
            var tensor = signature.Inputs[input];
            if (!tensor.Shape.IsRanked || tensor.Shape.IsFixed) continue;
            ranges.Add(new(tensor.Name, Sizes(range => range.Minimum), Sizes(range => range.Optimum),
                Sizes(range => range.Maximum)));

            long[] Sizes(Func<DimensionRange, long> size) => [.. tensor.Shape.Dimensions.Select((dimension, axis) =>
                dimension.IsFixed ? dimension.Value : size(Range(dimension, axis)))];

            DimensionRange Range(Dimension dimension, int axis) =>
                profile.Ranges.First(range => range.Dimension == IndexOf(signature, dimension, input, axis));
        }

        return new(ranges);
    }

    private static int IndexOf(ModelSignature signature, Dimension dimension, int input, int axis)
    {
        var dimensions = signature.InputDimensions;
        for (var i = 0; i < dimensions.Count; i++)
        {
            if (dimension.Kind == DimensionKind.Unknown
                    ? dimensions[i].Name is null && dimensions[i].Input == input && dimensions[i].Axis == axis
                    : dimensions[i].Name == dimension.Name) return i;
        }

        throw new ArgumentException($"'{dimension}' is no dynamic dimension of this model.");
    }

    private static BuildPrecision Precision(ModelPrecision? precision) => precision switch
    {
        ModelPrecision.Float16 => BuildPrecision.Float16,
        ModelPrecision.BFloat16 => BuildPrecision.BFloat16,
        ModelPrecision.Int8 => BuildPrecision.Int8,
        ModelPrecision.Float8 => BuildPrecision.Float8,
        _ => BuildPrecision.None,
    };

    /// <summary>
    /// What the quantization in the model itself needs: TensorRT 10 refuses such nodes unless the type is allowed, and 11 takes
    /// them as they are.
    /// </summary>
    private static BuildPrecision Quantized(ModelDescription file, bool weakTyping)
    {
        if (!weakTyping || !file.Operators.Any(op => op.Name == "DequantizeLinear")) return default;
        return file.InitializerTypes.Any(count => count.ElementType is ElementType.Float8E4M3FN)
            ? BuildPrecision.Int8 | BuildPrecision.Float8
            : BuildPrecision.Int8;
    }

    private static EnginePortability Portability(HardwareCompatibility level) => level switch
    {
        HardwareCompatibility.AmpereAndNewer => EnginePortability.AmpereAndNewer,
        HardwareCompatibility.SameComputeCapability => EnginePortability.SameComputeCapability,
        _ => EnginePortability.ThisModel,
    };
}
