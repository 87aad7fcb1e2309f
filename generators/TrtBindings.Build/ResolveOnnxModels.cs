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
    private const string TargetPathName = "TrtTargetPath";
    private const string CopyName = "CopyToOutputDirectory";

    /// <summary>AdditionalFiles; those that are no .onnx are passed over.</summary>
    [Required]
    public ITaskItem[] AdditionalFiles { get; set; } = [];

    /// <summary>Full path of the project's folder.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The models, each once, with the metadata <c>TrtTargetPath</c>: the path below the output folder.</summary>
    [Output]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Files to copy, models and their weights, with the metadata <c>TargetPath</c>.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>
    /// One line for each file that the generated code depends on. It changes whenever a file is replaced, by an older one
    /// too, which time stamps alone do not show to the compiler's up-to-date check.
    /// </summary>
    [Output]
    public string[] Fingerprint { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        var models = new List<ITaskItem>();
        var files = new Dictionary<string, ITaskItem>(StringComparer.Ordinal);
        var fingerprint = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in AdditionalFiles)
        {
            var path = item.GetMetadata("FullPath");
            if (!path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || !seen.Add(path)) continue;
            var target = TargetPath.Of(
                item.GetMetadata("FullPath"), item.GetMetadata("Link"), item.GetMetadata("RecursiveDir"), ProjectDirectory);
            // Copied by us, under the path that the generated class looks for; a second copy would only be a waste.
            var isCopied = !string.Equals(item.GetMetadata(CopyName), "Never", StringComparison.OrdinalIgnoreCase);
            var model = new TaskItem(item);
            model.RemoveMetadata(CopyName);
            model.SetMetadata(TargetPathName, target);
            ItemMetadata.Mark(model);
            models.Add(model);
            fingerprint.Add(FingerprintOf(path, target, withTime: true));
            if (isCopied) Add(files, path, target);
            foreach (var location in LocationsOf(path))
            {
                var data = ExternalDataPath.Find(path, location);
                if (data is null) continue;
                var dataTarget = TargetPath.Beside(target, path, data);
                fingerprint.Add(FingerprintOf(data, dataTarget, withTime: false));
                if (isCopied) Add(files, data, dataTarget);
            }
        }

        Models = [.. models];
        Files = [.. files.Values];
        Fingerprint = [.. fingerprint];
        return true;
    }

    private static IEnumerable<string> LocationsOf(string path)
    {
        try
        {
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
            return [.. OnnxModelReader.Read(stream).ExternalData.Select(d => d.Location)];
        }
        catch (Exception e) when (e is OnnxFormatException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A missing file is not copied; the generator reports it.</summary>
    private static void Add(Dictionary<string, ITaskItem> files, string path, string target)
    {
        if (files.ContainsKey(target) || !File.Exists(path)) return;
        var file = new TaskItem(path);
        file.SetMetadata("TargetPath", target);
        file.SetMetadata("Link", target);
        files.Add(target, file);
    }

    /// <param name="path">The file.</param>
    /// <param name="target">Where it is copied to.</param>
    /// <param name="withTime">True if the content matters and not only presence and length.</param>
    private static string FingerprintOf(string path, string target, bool withTime)
    {
        var file = new FileInfo(path);
        var length = file.Exists ? file.Length : -1;
        var time = file.Exists && withTime ? file.LastWriteTimeUtc.Ticks : 0;
        return string.Join("|", path, target, length.ToString(CultureInfo.InvariantCulture),
            time.ToString(CultureInfo.InvariantCulture));
    }
}
