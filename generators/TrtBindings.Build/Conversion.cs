using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TrtBindings.Generators.Input;

namespace TrtBindings.Build;

/// <summary>
/// A model to convert: what its item says, the files, and what the last build knew. The result is as it should be while
/// everything that it follows from is as the record beside it says.
/// </summary>
internal sealed class Conversion
{
    private const string HashMark = "> ";

    /// <summary>What means nothing without <c>TrtConvert</c>.</summary>
    private static readonly string[] Options =
        ["TrtConvertKeep", "TrtConvertRest", "TrtCalibration", "TrtCalibrationMethod", "TrtCalibrationPreset"];

    /// <summary>What means something for <c>int8</c> only.</summary>
    private static readonly string[] QuantizationOptions = ["TrtConvertRest", "TrtCalibrationMethod"];

    private readonly ITaskItem _item;
    private readonly string[] _weights;
    private readonly string[] _keep;
    private readonly string[] _rest;

    /// <param name="item">What <see cref="ItemOf"/> made.</param>
    /// <param name="folder">Full path of the folder for converted models.</param>
    /// <param name="projectDirectory">Full path of the project's folder.</param>
    public Conversion(ITaskItem item, string folder, string projectDirectory)
    {
        _item = item;
        Source = item.GetMetadata("FullPath");
        _weights = item.GetMetadata("ConvertedWeights").Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
        (_keep, _rest) = (Patterns("TrtConvertKeep"), Patterns("TrtConvertRest"));
        Type = ItemWords.Find(ItemWords.Conversions, Value("TrtConvert"))!;
        Target = item.GetMetadata("ConvertedTarget");
        // onnx/ASSEMBLY/models/net.onnx becomes models/net.fp16.onnx. Its weights, if they are in a file of their own, are
        // named after it, so they never lie where those of another model are copied to.
        var below = Target.Substring(Target.IndexOf('/', Target.IndexOf('/') + 1) + 1);
        Output = Path.GetFullPath(Path.Combine(folder, Path.ChangeExtension(below, null) + "." + Type + ".onnx"));
        var calibration = Value("TrtCalibration");
        Calibration = calibration.Length == 0 ? ""
            : Path.GetFullPath(Path.Combine(projectDirectory, calibration.Replace('\\', '/')));
    }

    /// <summary>Full path of the model.</summary>
    public string Source { get; }

    /// <summary>The new precision: a word of <see cref="ItemWords.Conversions"/>.</summary>
    public string Type { get; }

    /// <summary>Where the model is copied to, below the program's folder.</summary>
    public string Target { get; }

    /// <summary>Full path of the converted model.</summary>
    public string Output { get; }

    /// <summary>Weights of the converted model, where they are in a file of their own.</summary>
    public string OutputData => Output + ".data";

    /// <summary>The file that says what the converted model was made from.</summary>
    public string Record => Output + ".txt";

    /// <summary>Full path of a folder of pictures or a calibration table; empty if the item names none.</summary>
    public string Calibration { get; }

    /// <summary>SHA-256 of what the converted model was made from; empty if that is not known.</summary>
    public string SourceHash =>
        RecordFile.Read(Record).LastOrDefault() is { } last && last.StartsWith(HashMark, StringComparison.Ordinal)
            ? last.Substring(HashMark.Length) : "";

    /// <summary>
    /// Whether an item asks for a conversion of a file that is there, in words that mean something. The generator reports the
    /// rest.
    /// </summary>
    public static bool IsAsked(ITaskItem model) =>
        File.Exists(model.GetMetadata("FullPath"))
        && ItemWords.Find(ItemWords.Conversions, model.GetMetadata("TrtConvert").Trim()) is not null
        && (model.GetMetadata("TrtCalibrationMethod").Trim() is not { Length: > 0 } method
            || ItemWords.Find(ItemWords.CalibrationMethods, method) is not null);

    /// <summary>Why what an item says of a conversion has no effect; <see langword="null"/> if it has one, or says
    /// nothing.</summary>
    public static string? Unheard(ITaskItem model, bool isCopied)
    {
        var said = Array.FindAll(Options, name => model.GetMetadata(name).Trim().Length > 0);
        if (model.GetMetadata("TrtConvert").Trim() is { Length: > 0 } type)
        {
            if (!isCopied)
            {
                return "TrtConvert has no effect: with CopyToOutputDirectory=\"Never\" no file of the model is copied that could "
                    + "be a converted one. Remove one of the two.";
            }

            var isQuantized = ItemWords.Find(ItemWords.Conversions, type) is null or "int8";
            var idle = isQuantized ? [] : Array.FindAll(said, name => QuantizationOptions.Contains(name));
            if (idle.Length > 0)
            {
                return $"{string.Join(", ", idle)} has no effect with TrtConvert=\"{type}\": only \"int8\" quantizes. Set that, "
                    + "or remove it.";
            }

            return !said.Contains("TrtCalibrationPreset") || said.Contains("TrtCalibration") ? null
                : "TrtCalibrationPreset has no effect without TrtCalibration, which names a folder of pictures. Add it, or "
                    + "remove the preset.";
        }

        return said.Length == 0 ? null
            : $"{string.Join(", ", said)} has no effect without TrtConvert. Add TrtConvert=\"fp16\", \"bf16\" or \"int8\", or "
                + "remove it.";
    }

    /// <summary>What goes from <see cref="ResolveOnnxModels"/> to <see cref="ConvertModels"/>.</summary>
    public static ITaskItem ItemOf(ITaskItem model, string target, IEnumerable<string> weights)
    {
        var item = new TaskItem(model);
        item.SetMetadata("ConvertedTarget", Escaping.ForMSBuild(target));
        item.SetMetadata("ConvertedWeights", Escaping.ForMSBuild(string.Join("\n", weights)));
        return item;
    }

    /// <summary>Whether the converted model is there and made from what is there now.</summary>
    /// <param name="state">A text that changes with the program that converts.</param>
    public bool IsUpToDate(string state)
    {
        if (!File.Exists(Output)) return false;
        var lines = RecordFile.Read(Record);
        return lines.Length > 0 && lines.Take(lines.Length - 1).SequenceEqual(Inputs(state), StringComparer.Ordinal);
    }

    /// <summary>Notes that the converted model was made from what was there.</summary>
    /// <param name="inputs">What <see cref="Inputs"/> gave before the conversion began.</param>
    /// <param name="sourceHash">SHA-256 of what it was made from.</param>
    public void Save(IEnumerable<string> inputs, string sourceHash) =>
        RecordFile.Write(Record, [.. inputs, HashMark + sourceHash]);

    /// <summary>Everything that the result follows from, in lines.</summary>
    public List<string> Inputs(string state)
    {
        List<string> lines = [state, .. Request().Where(line => !line.StartsWith("target=", StringComparison.Ordinal))];
        foreach (var file in (string[])[Source, .. _weights]) lines.Add(Fingerprint(file));
        if (File.Exists(Calibration)) lines.Add(Fingerprint(Calibration));
        else if (Calibration.Length > 0 && Directory.Exists(Calibration))
        {
            var pictures = Directory.GetFiles(Calibration, "*", SearchOption.AllDirectories);
            Array.Sort(pictures, StringComparer.Ordinal);
            lines.AddRange(pictures.Select(Fingerprint));
        }

        return [.. lines.Select(line => line.Replace("\r", " ").Replace("\n", " "))];
    }

    /// <summary>The lines for the program that converts.</summary>
    public IEnumerable<string> Request()
    {
        yield return "source=" + Source;
        yield return "target=" + Output;
        yield return "type=" + Type;
        foreach (var pattern in _keep) yield return "keep=" + pattern;
        foreach (var pattern in _rest) yield return "rest=" + pattern;
        if (Calibration.Length > 0) yield return "calibration=" + Calibration;
        foreach (var (name, metadata) in ((string, string)[])
                 [("method", "TrtCalibrationMethod"), ("preset", "TrtCalibrationPreset"), ("task", "TrtTask")])
            if (Value(metadata) is { Length: > 0 } value) yield return name + "=" + value;
    }

    /// <summary>Adds the converted model and its weights to what is copied.</summary>
    public void AddTo(CopiedFiles files)
    {
        files.Add(Output, Target, _item);
        files.Add(OutputData, Target.Substring(0, Target.LastIndexOf('/') + 1) + Path.GetFileName(OutputData), _item);
    }

    private string[] Patterns(string name) =>
        [.. Value(name).Split(',', ';').Select(part => part.Trim()).Where(part => part.Length > 0)];

    private string Value(string name) => _item.GetMetadata(name).Trim();

    private static string Fingerprint(string path)
    {
        var file = new FileInfo(FileLink.TargetOf(path));
        return string.Join("|", path, (file.Exists ? file.Length : -1).ToString(CultureInfo.InvariantCulture),
            (file.Exists ? file.LastWriteTimeUtc.Ticks : 0).ToString(CultureInfo.InvariantCulture));
    }
}
