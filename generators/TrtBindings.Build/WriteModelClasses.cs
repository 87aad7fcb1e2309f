using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TrtBindings.Generators;

namespace TrtBindings.Build;

/// <summary>
/// Writes the models' classes as files to compile, so that other source generators see them. They have the same text as the
/// generator's, which is silent then. The generator reports what is wrong with a model, here as elsewhere.
/// </summary>
public sealed class WriteModelClasses : Microsoft.Build.Utilities.Task
{
    /// <summary>Two characters that begin the line of a file in the record; no other line begins with them.</summary>
    private const string FileMark = "> ";

    /// <summary>What <see cref="ResolveOnnxModels"/> gave as models.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The state of <see cref="ResolveOnnxModels"/>. Without a change in it or an item nothing is written.</summary>
    [Required]
    public string ModelState { get; set; } = "";

    /// <summary>The project's root namespace.</summary>
    public string RootNamespace { get; set; } = "";

    /// <summary>The project's C#. For one that is too old the generator reports an error and there are no classes.</summary>
    public string LangVersion { get; set; } = "";

    /// <summary>Full path of the project's folder. The other paths may be relative to it.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The folder to write to. Nothing else may be in it: what no model needs is deleted.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The file that remembers what the classes were made from.</summary>
    [Required]
    public string Record { get; set; } = "";

    /// <summary>The files to compile.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        (Folder, Record) = (Path.Combine(ProjectDirectory, Folder), Path.Combine(ProjectDirectory, Record));
        try
        {
            var inputs = Inputs();
            var files = FilesOf(inputs) ?? Write(inputs);
            Files = [.. files.Select(file => new TaskItem(Escaping.ForMSBuild(file)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogError("TrtBindings: the classes of the models cannot be written to '{0}': {1}", Folder, e.Message);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>All that the text of the classes follows from, in lines: this assembly, the project, items, models.</summary>
    private List<string> Inputs()
    {
        var lines = new List<string>
        {
            "# What the classes were made from, and the classes.",
            typeof(WriteModelClasses).Assembly.ManifestModule.ModuleVersionId.ToString(),
            ModelState,
            "RootNamespace=" + RootNamespace.Trim(),
            "LangVersion=" + LangVersion.Trim(),
        };
        foreach (var model in Models)
        {
            lines.Add(model.GetMetadata("FullPath"));
            lines.AddRange(ItemMetadata.Names.Where(name => model.GetMetadata(name).Length > 0)
                .Select(name => name + "=" + model.GetMetadata(name)));
        }

        return [.. lines.Select(line => line.Replace("\r", " ").Replace("\n", " "))];
    }

    /// <summary>The classes of last time, if they were made from the same; otherwise <see langword="null"/>.</summary>
    private string[]? FilesOf(List<string> inputs)
    {
        var lines = RecordFile.Read(Record);
        var files = lines.SkipWhile(line => !IsFile(line)).Select(line => line.Substring(FileMark.Length)).ToArray();
        return lines.TakeWhile(line => !IsFile(line)).SequenceEqual(inputs, StringComparer.Ordinal) && files.All(File.Exists)
            ? files
            : null;
    }

    private static bool IsFile(string line) => line.StartsWith(FileMark, StringComparison.Ordinal);

    private string[] Write(List<string> inputs)
    {
        var sources = ModelClasses.Of(
            RootNamespace.Trim(), LangVersion.Trim(),
            Models.Select(model => (model.GetMetadata("FullPath"), TargetOf(model), (Func<string, string?>)model.GetMetadata)))
            .ToDictionary(source => Path.Combine(Folder, source.HintName), source => source.Text);
        foreach (var source in sources)
        {
            // A file that stays as it is compiles nothing again.
            if (!RecordFile.Has(source.Key, source.Value))
                RecordFile.Replace(source.Key, source.Value, Path.GetDirectoryName(Record)!);
        }

        Delete(sources.Keys);
        string[] files = [.. sources.Keys.OrderBy(file => file, StringComparer.Ordinal)];
        // A project without models needs no record. One that is there, from when it had models, is written anew.
        if (Models.Length > 0 || File.Exists(Record))
            RecordFile.Write(Record, inputs.Concat(files.Select(file => FileMark + file)));
        return files;
    }

    /// <summary>Deletes the classes of models that are gone or have another name.</summary>
    private void Delete(IEnumerable<string> kept)
    {
        if (!Directory.Exists(Folder)) return;
        var wanted = new HashSet<string>(kept.Select(Path.GetFullPath), StringComparer.OrdinalIgnoreCase);
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
            if (!wanted.Contains(Path.GetFullPath(file))) File.Delete(file);
    }

    private static string TargetOf(ITaskItem model) =>
        Generators.Input.TargetPath.OfMetadata(model.GetMetadata(ResolveOnnxModels.TargetPathName));
}
