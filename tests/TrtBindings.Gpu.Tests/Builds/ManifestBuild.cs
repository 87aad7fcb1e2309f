using TrtBindings.Gpu.Tests.Data;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>The options that an engine of the manifest was built with, for a build here.</summary>
internal static class ManifestBuild
{
    /// <summary>Level of engines whose model lies below <c>models/</c>, and of the others.</summary>
    private const int LevelOfModels = 2;
    private const int LevelOfOthers = 3;

    /// <summary>A folder that is empty.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("trtbindings-gpu-cache-").FullName;

    /// <summary>Options for a build of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="folder">Folder of the cache.</param>
    public static TensorRtOptions Options(ManifestEngine entry, string folder) => new()
    {
        CacheFolder = folder,
        Profiles = Profiles(entry),
        Precision = Has(entry, "FP16") ? ModelPrecision.Float16 : null,
        OptimizationLevel = entry.Model.StartsWith("models/", StringComparison.Ordinal) ? LevelOfModels : LevelOfOthers,
        Refittable = Has(entry, "REFIT"),
        StripWeights = Has(entry, "WEIGHTLESS"),
        VersionCompatible = Has(entry, "VERSION_COMPATIBLE"),
        // These tests compare by themselves, with the inputs that the manifest's results are of.
        Parity = new() { Policy = ParityPolicy.Warn },
    };

    /// <summary>Options for a model that nothing is known of: every dimension that a caller chooses is 1.</summary>
    public static TensorRtOptions AnyOptions(string model, string folder)
    {
        var ranges = Dynamic(model).Select(dimension => (dimension.Key, (1L, 1L, 1L))).ToArray();
        return new() { CacheFolder = folder, Profiles = ranges.Length == 0 ? [] : [Profile(ranges)] };
    }

    private static bool Has(ManifestEngine entry, string flag) => entry.Flags?.Contains(flag) == true;

    private static TensorRtProfile[] Profiles(ManifestEngine entry)
    {
        if (entry.Profiles is not { } profiles) return [];
        var dynamic = Dynamic(entry.ModelPath());
        return [.. profiles.Select(shapes => Profile([.. dynamic.Select(dimension =>
        {
            var (input, axis) = (shapes[dimension.Input], dimension.Axis);
            return (dimension.Key, (input[0][axis], input[1][axis], input[2][axis]));
        })]))];
    }

    /// <summary>The dimensions that callers choose, each by its name or its place.</summary>
    private static List<(string Key, string Input, int Axis)> Dynamic(string model)
    {
        using var file = File.OpenRead(model);
        var inputs = OnnxModelReader.Read(file).Inputs;
        return [.. DynamicDimensions.OfInputs(inputs).Select(dimension =>
        {
            var input = inputs[dimension.Input].Name;
            return (dimension.Name ?? $"{input}[{dimension.Axis}]", input, dimension.Axis);
        })];
    }

    private static TensorRtProfile Profile((string Key, (long, long, long) Range)[] ranges) => ranges switch
    {
        [var only] => new() { [only.Key] = only.Range },
        [var first, var second] => new() { [first.Key] = first.Range, [second.Key] = second.Range },
        _ => throw new NotSupportedException($"No profile of {ranges.Length} dimensions here."),
    };
}
