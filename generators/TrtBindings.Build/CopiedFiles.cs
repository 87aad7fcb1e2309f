using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace TrtBindings.Build;

/// <summary>Files that the build copies beside the program and that a package takes along, each target once.</summary>
internal sealed class CopiedFiles
{
    /// <summary>What an item says of its copies, heard for the model and its weights alike.</summary>
    private static readonly string[] CopyMetadata = ["CopyToPublishDirectory", "ExcludeFromSingleFile"];

    private readonly Dictionary<string, ITaskItem> _files = new(StringComparer.Ordinal);

    /// <summary>A missing file is not copied; the generator reports it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">Its path below the output folder, with forward slashes.</param>
    /// <param name="model">The item of its model.</param>
    public void Add(string path, string target, ITaskItem model)
    {
        if (_files.ContainsKey(target) || !File.Exists(path)) return;
        // The file behind a link, because MSBuild compares a link's own time and length with those of the copy.
        var file = new TaskItem(Escaping.ForMSBuild(FileLink.TargetOf(path)));
        file.SetMetadata("TargetPath", Escaping.ForMSBuild(target));
        file.SetMetadata("Link", Escaping.ForMSBuild(target));
        // A package holds the file under its own name or, with an extension, under the name that is given for it.
        file.SetMetadata("PackedFrom", Escaping.ForMSBuild(path));
        var folder = target.Substring(0, target.LastIndexOf('/') + 1);
        file.SetMetadata("PackedTo", Escaping.ForMSBuild(
            path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? target : folder));
        foreach (var name in CopyMetadata)
            if (model.GetMetadata(name) is { Length: > 0 } value) file.SetMetadata(name, Escaping.ForMSBuild(value));
        _files.Add(target, file);
    }

    public ITaskItem[] ToArray() => [.. _files.Values];
}
