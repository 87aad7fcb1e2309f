using System.Globalization;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Probing;

/// <summary>What a probe process is asked to open.</summary>
/// <param name="Engine">Full path of an engine; <see langword="null"/> to try TensorRT alone.</param>
/// <param name="Host">Which TensorRT on which GPU.</param>
/// <param name="AllowHostCode">Whether an engine that carries code for the processor is opened.</param>
internal sealed record ProbeRequest(string? Engine, HostSettings Host, bool AllowHostCode)
{
    /// <summary>The first argument of a probe process: nobody else's command line starts with it.</summary>
    public const string Mark = "--trtbindings-probe";

    private const string EngineKey = "engine=";
    private const string LibraryKey = "tensorrt=";
    private const string CudaKey = "cuda=";
    private const string IndexKey = "gpu=";
    private const string UuidKey = "uuid=";
    private const string PluginKey = "plugin=";
    private const string HostCodeKey = "host-code";

    /// <summary>The command line that says it.</summary>
    public IReadOnlyList<string> ToArguments()
    {
        var arguments = new List<string> { Mark };
        Add(EngineKey, Engine);
        Add(LibraryKey, Host.LibraryPath);
        Add(CudaKey, Host.CudaLibraryPath);
        Add(IndexKey, Host.GpuIndex.ToString(CultureInfo.InvariantCulture));
        Add(UuidKey, Host.GpuUuid);
        foreach (var plugin in Host.PluginLibraries) Add(PluginKey, plugin);
        if (AllowHostCode) arguments.Add(HostCodeKey);
        return arguments;

        void Add(string key, string? value)
        {
            if (value is not null) arguments.Add(key + value);
        }
    }

    /// <summary>Reads a command line; <see langword="null"/> if it is none of these.</summary>
    public static ProbeRequest? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments[0] != Mark) return null;
        var gpu = Value(IndexKey) is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var index) ? index : 0;
        var plugins = arguments.Where(argument => argument.StartsWith(PluginKey, StringComparison.Ordinal));
        return new(Value(EngineKey), new(Value(LibraryKey), Value(CudaKey), gpu, Value(UuidKey),
            [.. plugins.Select(argument => argument[PluginKey.Length..])]), arguments.Contains(HostCodeKey));

        string? Value(string key) =>
            arguments.FirstOrDefault(argument => argument.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
    }
}
