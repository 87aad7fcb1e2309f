using System.CommandLine;

namespace TrtBindings.Cli.Models;

/// <summary>The options of every command that loads a model: the backend, and where its parts are.</summary>
internal sealed class ModelOptionSet
{
    /// <summary>Word for the first backend that can run the model.</summary>
    public const string Auto = "auto";

    private static readonly (string Word, BackendKind Kind)[] Words =
    [
        ("tensorrt", BackendKind.TensorRT), ("cuda", BackendKind.OnnxRuntimeCuda), ("cpu", BackendKind.OnnxRuntimeCpu),
    ];

    private readonly Option<string[]> _backends;
    private readonly bool _takesSeveral;
    private readonly Option<string?> _precision = new("--precision")
    {
        Description = $"What TensorRT may compute in: {Precisions.All}; model is exactly what the file says.", HelpName = "NAME",
    };

    private readonly Option<string[]> _profiles = new("--profile")
    {
        Description = $"Sizes that TensorRT builds for: {ProfileText.Form}. Once for each profile.", HelpName = "SIZES",
    };

    private readonly Option<int> _gpu = new("--gpu") { Description = "The GPU's index in CUDA's order.", HelpName = "N" };
    private readonly Option<string?> _tensorRt = new("--tensorrt")
    {
        Description = "libnvinfer or its folder; otherwise it is looked for in the usual places.", HelpName = "PATH",
    };

    private readonly Option<string?> _cache = new("--cache")
    {
        Description = "Folder of the engine cache; otherwise the user's own.", HelpName = "FOLDER",
    };

    /// <param name="takesSeveral">Whether several backends may be named, with commas.</param>
    public ModelOptionSet(bool takesSeveral)
    {
        _takesSeveral = takesSeveral;
        _backends = new("--backend")
        {
            Description = "The backend that must run the model: tensorrt, cuda or cpu; auto takes the first that can."
                + (takesSeveral ? " Several with commas." : ""),
            HelpName = "NAME",
        };
        _backends.CompletionSources.Add([.. Words.Select(one => one.Word), Auto]);
        _precision.CompletionSources.Add(Precisions.All.Split(", "));
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_backends);
        AddTensorRtTo(command);
    }

    /// <summary>Adds those for TensorRT only.</summary>
    public void AddTensorRtTo(Command command)
    {
        command.Options.Add(_precision);
        command.Options.Add(_profiles);
        command.Options.Add(_gpu);
        command.Options.Add(_tensorRt);
        command.Options.Add(_cache);
    }

    /// <summary>The word for a backend.</summary>
    public static string WordOf(BackendKind? kind) => Words.FirstOrDefault(one => one.Kind == kind).Word ?? Auto;

    /// <summary>The backends that were named, in their order; one that is null, for the first that can, if none was.</summary>
    /// <exception cref="UsageException">A word that is no backend, or several where one is taken.</exception>
    public BackendKind?[] Backends(ParseResult arguments)
    {
        string[] words = [.. (arguments.GetValue(_backends) ?? []).SelectMany(text => text.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        if (words.Length == 0) return [null];
        if (words.Length > 1 && !_takesSeveral) throw new UsageException("--backend takes one backend here.");
        return [.. words.Select(Parse)];
    }

    /// <summary>The precision for TensorRT, if one was named.</summary>
    public ModelPrecision? Precision(ParseResult arguments) =>
        arguments.GetValue(_precision) is { } word ? Precisions.Parse(word, "--precision") : null;

    /// <summary>The options of a load.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="backend">The backend that must run it; null for the first that can.</param>
    /// <param name="file">The model, whose dimensions profiles name.</param>
    public ModelOptions Read(ParseResult arguments, BackendKind? backend, string file) => new()
    {
        RequiredBackend = backend,
        Gpu = arguments.GetValue(_gpu) is var gpu && gpu >= 0 ? GpuDevice.At(gpu)
            : throw new UsageException($"--gpu is {gpu}, and the first GPU is 0."),
        TensorRT = new()
        {
            LibraryPath = arguments.GetValue(_tensorRt),
            CacheFolder = arguments.GetValue(_cache),
            AnnounceBuilds = false,
            Precision = Precision(arguments),
            Profiles = ProfileText.ParseAll(arguments.GetValue(_profiles), file),
        },
    };

    private static BackendKind? Parse(string word)
    {
        if (string.Equals(word, Auto, StringComparison.OrdinalIgnoreCase)) return null;
        foreach (var (known, kind) in Words)
            if (string.Equals(word, known, StringComparison.OrdinalIgnoreCase)) return kind;
        throw new UsageException(
            $"'{word}' is no backend. They are {string.Join(", ", Words.Select(one => one.Word))} and {Auto}.");
    }
}
