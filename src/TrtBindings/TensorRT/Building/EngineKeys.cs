using System.Globalization;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.TensorRT.Building;

/// <summary>Makes the key that an engine is cached under.</summary>
internal static class EngineKeys
{
    /// <summary>Raise this when the same options build another engine than in an earlier version of this library.</summary>
    private const string Recipe = "3";

    /// <summary>The key of the engine that a recipe builds. Hashes every file that it depends on.</summary>
    /// <exception cref="ModelFileException">A file of the model cannot be read.</exception>
    public static EngineCacheKey Of(EngineRecipe recipe, ContentHasher hasher, CancellationToken cancellationToken) => new()
    {
        ModelName = recipe.Source.Name,
        Model = recipe.Source.Path is { } path
            ? hasher.Hash(path, cancellationToken)
            : ContentHash.Of(recipe.Source.Bytes.Span),
        Weights = [.. recipe.ExternalFiles.Select(file =>
            new EngineKeyPart(file.Location, hasher.Hash(file.Path, cancellationToken)))],
        Profiles = recipe.Profiles.Count == 0 ? "none" : string.Join("; ", recipe.Profiles),
        Precision = PrecisionOf(recipe),
        Options = OptionsOf(recipe),
        Plugins = PluginsOf(recipe, hasher, cancellationToken),
        TensorRtVersion = recipe.Host.Library.Version.ToString(),
        Gpu = GpuOf(recipe),
    };

    private static EngineKeyPart[] OptionsOf(EngineRecipe recipe)
    {
        var options = recipe.Options;
        return
        [
            new("TF32", Switch(options.AllowTf32)),
            new("workspace", options.WorkspaceBytes is { } bytes ? Number(bytes) : "all"),
            new("optimization level", options.OptimizationLevel is { } level ? Number(level) : "default"),
            new("refittable", Switch(options.Refittable)),
            new("stripped", Switch(options.StripWeights)),
            new("version-compatible",
                !options.VersionCompatible ? "off" : recipe.CarriesLeanRuntime ? "on" : "without runtime"),
            new("hardware compatibility", options.HardwareCompatibility.ToString()),
            new("calibration", options.Calibration?.Identity ?? "none"),
            new("recipe", Recipe),
        ];
    }

    /// <summary>
    /// Plug-ins by file name and content: where they lie makes no other engine. Two of one name, and one that is listed twice,
    /// count once for each content.
    /// </summary>
    private static EngineKeyPart[] PluginsOf(EngineRecipe recipe, ContentHasher hasher, CancellationToken cancellationToken) =>
    [
        .. recipe.Options.PluginLibraries
            .Select(plugin => (Name: Path.GetFileName(plugin), Hash: hasher.Hash(plugin, cancellationToken)))
            .Distinct().GroupBy(plugin => plugin.Name)
            .Select(same => new EngineKeyPart(
                same.Key, string.Join(' ', same.Select(plugin => plugin.Hash).Order(StringComparer.Ordinal)))),
    ];

    private static string PrecisionOf(EngineRecipe recipe)
    {
        if (recipe.IsStronglyTyped) return "as the model's types";
        List<string> types = ["Float32"];
        if (recipe.Precision != ModelPrecision.Float32) types.Add(recipe.Precision.ToString());
        if (recipe.AllowsInt8) types.Add(nameof(ModelPrecision.Int8));
        if (recipe.AllowsFloat8) types.Add(nameof(ModelPrecision.Float8));
        return string.Join(", ", types.Distinct());
    }

    private static string GpuOf(EngineRecipe recipe)
    {
        var (major, minor) = recipe.Host.ComputeCapability;
        return recipe.Options.HardwareCompatibility switch
        {
            HardwareCompatibility.AmpereAndNewer => "compute capability 8.0 or later",
            HardwareCompatibility.SameComputeCapability => $"compute capability {major}.{minor}",
            _ => recipe.Host.GpuName,
        };
    }

    private static string Switch(bool on) => on ? "on" : "off";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
