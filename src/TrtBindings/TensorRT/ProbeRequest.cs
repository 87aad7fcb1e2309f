using System.Globalization;

namespace TrtBindings.TensorRT;

/// <summary>The request to a probe process.</summary>
/// <param name="Engine">Full path of an engine; <see langword="null"/> to try TensorRT alone.</param>
/// <param name="Options">The GPU, the libraries to load, and the permission to run host code in an engine.</param>
internal sealed record ProbeRequest(string? Engine, ModelOptions Options)
{
    /// <summary>The first argument of a probe process. No other command line starts with it.</summary>
    public const string Mark = "--trtbindings-probe";

    private const string EngineKey = "engine=";
    private const string LibraryKey = "tensorrt=";
    private const string CudaKey = "cuda=";
    private const string IndexKey = "gpu=";
    private const string UuidKey = "uuid=";
    private const string PluginKey = "plugin=";
    private const string HostCodeKey = "host-code";

    /// <summary>The request as a command line.</summary>
    public IReadOnlyList<string> ToArguments()
    {
        var arguments = new List<string> { Mark };
        Add(EngineKey, Engine);
        Add(LibraryKey, Options.TensorRT.LibraryPath);
        Add(CudaKey, Options.TensorRT.CudaLibraryPath);
        Add(IndexKey, Options.Gpu.Index.ToString(CultureInfo.InvariantCulture));
        Add(UuidKey, Options.Gpu.Uuid);
        foreach (var plugin in Options.TensorRT.PluginLibraries) Add(PluginKey, plugin);
        if (Options.TensorRT.VersionCompatible) arguments.Add(HostCodeKey);
        return arguments;

        void Add(string key, string? value)
        {
            if (value is not null) arguments.Add(key + value);
        }
    }

    /// <summary>Reads a request from a command line; <see langword="null"/> if it is not one.</summary>
    public static ProbeRequest? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments[0] != Mark) return null;
        var gpu = Value(IndexKey) is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var index) ? index : 0;
        var plugins = arguments.Where(argument => argument.StartsWith(PluginKey, StringComparison.Ordinal));
        return new(Value(EngineKey), new()
        {
            Gpu = new() { Index = gpu, Uuid = Value(UuidKey) },
            TensorRT = new()
            {
                LibraryPath = Value(LibraryKey), CudaLibraryPath = Value(CudaKey),
                PluginLibraries = [.. plugins.Select(argument => argument[PluginKey.Length..])],
                VersionCompatible = arguments.Contains(HostCodeKey),
            },
        });

        string? Value(string key) =>
            arguments.FirstOrDefault(argument => argument.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
    }
}
