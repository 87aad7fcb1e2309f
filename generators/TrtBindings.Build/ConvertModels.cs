using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace TrtBindings.Build;

/// <summary>
/// Converts the models whose item has <c>TrtConvert</c>, if something that they follow from has changed. A program of its own
/// does it: this process would keep ONNX Runtime loaded, and MSBuild is shared by many builds.
/// </summary>
public sealed class ConvertModels : ToolTask
{
    /// <summary>Name of the metadata with the hash of what was converted, for the generator.</summary>
    internal const string SourceHashName = "TrtSourceHash";

    private const string Prefix = "TRTB|";

    private readonly List<string> _unknown = [];
    private readonly Dictionary<string, (Conversion Conversion, List<string> Inputs)> _begun = new(StringComparer.Ordinal);
    private Conversion[] _all = [];
    private string _state = "";
    private bool _isCancelled;

    /// <summary>The models of the project, which <see cref="ResolveOnnxModels"/> gave.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Those to convert.</summary>
    [Required]
    public ITaskItem[] Conversions { get; set; } = [];

    /// <summary>What is copied of other models, with the metadata <c>TargetPath</c>.</summary>
    public ITaskItem[] Copied { get; set; } = [];

    /// <summary>Path of trtbindings-convert.dll; an editor asks without it.</summary>
    public string Program { get; set; } = "";

    /// <summary>Path of dotnet.</summary>
    public string Host { get; set; } = "";

    /// <summary>The project's <c>project.assets.json</c>, by which ONNX Runtime's library is found.</summary>
    public string Assets { get; set; } = "";

    /// <summary>Full path of the project's folder. The other paths may be relative to it.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The folder for converted models.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Folder of the pages of diagnostics, with a separator at its end.</summary>
    public string Pages { get; set; } = "";

    /// <summary>True for the build of an editor: what is there is used, and nothing is converted.</summary>
    public bool IsDesignTime { get; set; }

    /// <summary>The models, with the hash of what was converted.</summary>
    [Output]
    public ITaskItem[] Described { get; set; } = [];

    /// <summary>Converted models and their weights to copy, with the metadata <c>TargetPath</c>.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>All files that were written, for <c>dotnet clean</c>.</summary>
    [Output]
    public ITaskItem[] Written { get; set; } = [];

    /// <inheritdoc/>
    protected override string ToolName => Path.GetFileName(Host);

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private string RequestFile => Path.Combine(Folder, "request.txt");

    /// <inheritdoc/>
    public override bool Execute()
    {
        (Folder, Assets) = (Path.GetFullPath(Path.Combine(ProjectDirectory, Folder)), Path.Combine(ProjectDirectory, Assets));
        _all = [.. Conversions.Select(item => new Conversion(item, Folder, ProjectDirectory))];
        var isDone = true;
        try
        {
            if (!IsDesignTime) isDone = Convert();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report("TRTB0211", _all[0].Source, $"'{Folder}' cannot be written: {e.Message}");
            isDone = false;
        }

        Describe();
        RefuseClashes();
        return isDone && !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public override void Cancel()
    {
        _isCancelled = true;
        base.Cancel();
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => Host;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(Program);
        line.AppendFileNameIfNotNull(RequestFile);
        return line.ToString();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (!singleLine.StartsWith(Prefix, StringComparison.Ordinal))
        {
            _unknown.Add(singleLine);
            Log.LogMessage(MessageImportance.Low, "{0}", singleLine);
            return;
        }

        var parts = singleLine.Substring(Prefix.Length).Replace("\\n", "\n").Split(['|'], 2);
        switch (parts[0])
        {
            case "high": Log.LogMessage(MessageImportance.High, "{0}", parts[1]); break;
            case "normal": Log.LogMessage(MessageImportance.Normal, "{0}", parts[1]); break;
            case "error":
                var error = parts[1].Split(['|'], 3);
                Report(error[0], error[1].Replace("%7C", "|"), error[2]);
                break;
            case "done":
                var done = parts[1].Split(['|'], 2);
                var (conversion, inputs) = _begun[done[1]];
                conversion.Save(inputs, done[0]);
                break;
            default: Log.LogMessage(MessageImportance.Low, "{0}", parts[1]); break;
        }
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (Log.HasLoggedErrors || _isCancelled) return false;
        var last = string.Join(" ", _unknown.Skip(Math.Max(0, _unknown.Count - 8)));
        Report("TRTB0211", _all[0].Source, $"'{Program}' ended with {ExitCode} and said: {(last.Length > 0 ? last : "nothing")}");
        return false;
    }

    private bool Convert()
    {
        foreach (var one in _all.Where(one => one.Type == "int8" && one.Calibration.Length == 0))
        {
            Report("TRTB0212", one.Source, "TrtConvert=\"int8\" needs TrtCalibration: a folder of typical pictures, or a "
                + "calibration table that an earlier conversion wrote.");
        }

        // The others are converted all the same, so that one build reports what is wrong with each.
        Conversion[] asked = [.. _all.Where(one => one.Type != "int8" || one.Calibration.Length > 0)];
        _state = StateOf(Program);
        if (asked.All(one => one.IsUpToDate(_state))) return true;
        Directory.CreateDirectory(Folder);
        using var turn = FileTurn.Wait(Path.Combine(Folder, "lock"), () => _isCancelled);
        // Another build of the project may have done it while this one waited.
        foreach (var one in asked.Where(one => !one.IsUpToDate(_state))) _begun[one.Output] = (one, one.Inputs(_state));
        if (_begun.Count == 0) return true;
        var lines = _begun.Values.SelectMany(one => one.Conversion.Request());
        File.WriteAllLines(RequestFile, ["assets=" + Assets, .. lines], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return base.Execute();
    }

    private void Describe()
    {
        var files = new CopiedFiles();
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in _all)
        {
            one.AddTo(files);
            hashes[one.Source] = one.SourceHash;
        }

        Files = files.ToArray();
        string[] written = [.. _all.SelectMany(one => (string[])[one.Output, one.OutputData, one.Record]), RequestFile];
        Written = [.. written.Where(File.Exists).Select(file => new TaskItem(Escaping.ForMSBuild(file)))];
        Described = [.. Models.Select(model =>
        {
            var described = new TaskItem(model);
            if (hashes.TryGetValue(model.GetMetadata("FullPath"), out var hash)) described.SetMetadata(SourceHashName, hash);
            return described;
        })];
    }

    /// <summary>Weights that are copied over those of another model would be a wrong answer that nobody notices.</summary>
    private void RefuseClashes()
    {
        var taken = new HashSet<string>(Copied.Select(file => file.GetMetadata("TargetPath")), StringComparer.OrdinalIgnoreCase);
        foreach (var file in Files.Where(file => taken.Contains(file.GetMetadata("TargetPath"))))
        {
            Report("TRTB0211", file.GetMetadata("FullPath"), $"A file of this converted model and one of another model are "
                + $"both copied to '{file.GetMetadata("TargetPath")}'. Rename one of the models, or set Link on its item.");
        }
    }

    /// <summary>The program and all that it consists of: another release may convert otherwise.</summary>
    private static string StateOf(string program)
    {
        var files = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(program))!).GetFiles("*.dll");
        return string.Join(" ", files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => string.Format(
            CultureInfo.InvariantCulture, "{0}:{1}:{2}", file.Name, file.Length, file.LastWriteTimeUtc.Ticks)));
    }

    private void Report(string id, string file, string text) => Log.LogError(
        null, id, null, Pages.Length > 0 ? Pages + id + ".md" : null, file.Length > 0 ? file : null, 1, 1, 0, 0, "{0}", text);
}
