using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings.Build;

/// <summary>
/// Says for each .onnx of AdditionalFiles where it is copied to, and which files with weights go with it. A file that is
/// no model is passed over: the generator reports it, once and with its own id.
/// </summary>
public sealed class ResolveOnnxModels : Microsoft.Build.Utilities.Task
{
    /// <summary>Name of the metadata with the path below the output folder.</summary>
    internal const string TargetPathName = "TrtTargetPath";
    private const string CopyName = "CopyToOutputDirectory";

    /// <summary>AdditionalFiles; those that are no .onnx are passed over.</summary>
    [Required]
    public ITaskItem[] AdditionalFiles { get; set; } = [];

    /// <summary>Full path of the project's folder.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>
    /// Name of the project's assembly. Its models get a folder of that name, so that no two projects of a program have a file
    /// of one path.
    /// </summary>
    [Required]
    public string AssemblyName { get; set; } = "";

    /// <summary>Folder of the pages of diagnostics, with a separator at its end.</summary>
    public string Pages { get; set; } = "";

    /// <summary>True for the build of an editor, which reports nothing that a build reports.</summary>
    public bool IsDesignTime { get; set; }

    /// <summary>Folders that the build writes: what a wildcard finds in there are copies.</summary>
    public string[] OutputFolders { get; set; } = [];

    /// <summary>The models, each once, with the metadata <c>TrtTargetPath</c>: the path below the output folder.</summary>
    [Output]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Models in the build's own output, which a wildcard over the project finds from the second build on.</summary>
    [Output]
    public ITaskItem[] Copies { get; set; } = [];

    /// <summary>
    /// Files to copy, models and their weights, with the metadata <c>TargetPath</c>. Those of <see cref="Conversions"/> are not
    /// among them.
    /// </summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>Models whose converted form is copied in their place, as <see cref="ConvertModels"/> takes them.</summary>
    [Output]
    public ITaskItem[] Conversions { get; set; } = [];

    /// <summary>
    /// The file that gets a line for each file that the generated code depends on. It changes whenever one is replaced, by an
    /// older one too, which time stamps alone do not show to the compiler's up-to-date check. A model whose line has not changed
    /// is not opened again.
    /// </summary>
    [Required]
    public string Record { get; set; } = "";

    /// <summary>A short text that changes whenever the record does, also if the record cannot be written.</summary>
    [Output]
    public string State { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var models = new List<ITaskItem>();
        var files = new CopiedFiles();
        var record = new ModelRecord(Path.Combine(ProjectDirectory, Record));
        var copies = new List<ITaskItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var conversions = new List<ITaskItem>();
        foreach (var item in AdditionalFiles)
        {
            var path = item.GetMetadata("FullPath");
            if (!path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || !seen.Add(path)) continue;
            if (IsCopy(path, item.GetMetadata("RecursiveDir")))
            {
                copies.Add(item);
                continue;
            }

            var target = TargetPath.InProgram(AssemblyName, TargetPath.Of(
                path, item.GetMetadata("Link"), item.GetMetadata("RecursiveDir"), ProjectDirectory));
            // Copied by us, under the path that the generated class looks for; a second copy would only be a waste.
            var isCopied = !string.Equals(item.GetMetadata(CopyName), "Never", StringComparison.OrdinalIgnoreCase);
            var model = new TaskItem(item);
            model.RemoveMetadata(CopyName);
            model.RemoveMetadata(ConvertModels.SourceHashName);
            model.SetMetadata(TargetPathName, Escaping.ForMSBuild(Escaping.ForCompiler(target)));
            ItemMetadata.Mark(model);
            models.Add(model);
            var weights = new List<string>();
            var converts = isCopied && Conversion.IsAsked(model);
            if (!IsDesignTime && Conversion.Unheard(model, isCopied) is { } unheard)
            {
                var page = Pages.Length > 0 ? Pages + "TRTB0213.md" : null;
                Log.LogWarning(null, "TRTB0213", null, page, path, 1, 1, 0, 0, "{0}", unheard);
            }

            isCopied &= !converts;
            if (isCopied) files.Add(path, target, item);
            foreach (var location in record.Add(FingerprintOf(path, target, withTime: true), () => LocationsOf(path)))
            {
                var data = ExternalDataPath.Find(path, location);
                if (data is null) continue;
                var dataTarget = TargetPath.Beside(target, path, data);
                record.Add(FingerprintOf(data, dataTarget, withTime: false));
                weights.Add(data);
                if (isCopied) files.Add(data, dataTarget, item);
            }

            if (converts) conversions.Add(Conversion.ItemOf(model, target, weights));
        }

        Models = [.. models];
        Copies = [.. copies];
        Files = files.ToArray();
        Conversions = [.. conversions];
        State = record.State();
        record.Save();
        return true;
    }

    private static string[] LocationsOf(string path)
    {
        try
        {
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
            // The record is lines. A file with a line break in its name is left alone.
            return
            [
                .. OnnxModelReader.Read(stream).ExternalData.Select(d => d.Location)
                    .Where(location => location.IndexOfAny(['\r', '\n']) < 0),
            ];
        }
        catch (Exception e) when (e is OnnxFormatException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>True for a file of the output folders that a wildcard found which began outside of them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wildcard">The part of its path that a wildcard matched.</param>
    private bool IsCopy(string path, string wildcard)
    {
        if (wildcard.Length == 0) return false;
        var folder = Path.GetDirectoryName(path) + Path.DirectorySeparatorChar;
        var root = folder.Length > wildcard.Length ? folder.Substring(0, folder.Length - wildcard.Length) : folder;
        return OutputFolders.Any(output =>
        {
            var written = Path.GetFullPath(Path.Combine(ProjectDirectory, output)).TrimEnd(Path.DirectorySeparatorChar)
                + Path.DirectorySeparatorChar;
            return path.StartsWith(written, StringComparison.Ordinal) && !root.StartsWith(written, StringComparison.Ordinal);
        });
    }

    /// <param name="path">The file.</param>
    /// <param name="target">Where it is copied to.</param>
    /// <param name="withTime">True if the content matters and not only presence and length.</param>
    private static string FingerprintOf(string path, string target, bool withTime)
    {
        var file = new FileInfo(FileLink.TargetOf(path));
        var length = file.Exists ? file.Length : -1;
        var time = file.Exists && withTime ? file.LastWriteTimeUtc.Ticks : 0;
        return string.Join("|", path, target, length.ToString(CultureInfo.InvariantCulture),
            time.ToString(CultureInfo.InvariantCulture));
    }
}
