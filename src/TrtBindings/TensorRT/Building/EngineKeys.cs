using System.Globalization;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Building;

/// <summary>Makes the key under which an engine is cached.</summary>
internal static class EngineKeys
{
    /// <summary>Changes when the same settings make another engine than in an earlier version of this library.</summary>
    private const string Recipe = "1";

    /// <summary>The key of what a build with these settings would make.</summary>
    /// <exception cref="ModelFileException">A file of the model cannot be read.</exception>
    public static EngineCacheKey Of(TensorRtHost host, ModelContent model, BuildSettings settings, ContentHasher hasher,
        CancellationToken cancellation) => new()
    {
        ModelName = model.Name,
        Model = model.Path is { } path ? hasher.Hash(path, cancellation) : ContentHash.Of(model.Bytes.Span),
        Weights = new([.. model.ExternalFiles.Select(file =>
            new EngineKeyPart(file.Location, hasher.Hash(file.Path, cancellation)))]),
        Profiles = settings.Profiles.Count == 0 ? "none" : string.Join("; ", settings.Profiles),
        Precision = PrecisionOf(settings, host.Library.Version),
        BuildOptions = new(Options(settings)),
        Plugins = new([.. settings.PluginLibraries.Distinct().Select(plugin =>
            new EngineKeyPart(plugin, hasher.Hash(plugin, cancellation)))]),
        TensorRtVersion = host.Library.Version.ToString(),
        Gpu = GpuOf(host, settings.Portability),
    };

    private static EngineKeyPart[] Options(BuildSettings settings) =>
    [
        new("TF32", Switch(settings.Tf32)),
        new("workspace", settings.WorkspaceBytes is { } bytes ? Number(bytes) : "all"),
        new("optimization level", settings.OptimizationLevel is { } level ? Number(level) : "default"),
        new("refittable", Switch(settings.Refittable)),
        new("stripped", Switch(settings.StripWeights)),
        new("version-compatible", settings.VersionCompatible ? settings.ExcludeLeanRuntime ? "without runtime" : "on" : "off"),
        new("portable to", settings.Portability.ToString()),
        new("calibration", settings.Calibration?.Identity ?? "none"),
        new("recipe", Recipe),
    ];

    private static string PrecisionOf(BuildSettings settings, TrtVersion version) =>
        !TrtReleases.Has(TrtFeature.WeakTyping, version) || settings.StronglyTyped ? "as the model's types"
        : settings.Precision == BuildPrecision.None ? "Float32"
        : $"Float32, {settings.Precision}";

    private static string GpuOf(TensorRtHost host, EnginePortability portability) => portability switch
    {
        EnginePortability.AmpereAndNewer => "compute capability 8.0 or later",
        EnginePortability.SameComputeCapability =>
            $"compute capability {host.ComputeCapability.Major}.{host.ComputeCapability.Minor}",
        _ => host.GpuName,
    };

    private static string Switch(bool on) => on ? "on" : "off";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
