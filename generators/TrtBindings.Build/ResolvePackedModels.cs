using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace TrtBindings.Build;

/// <summary>
/// Finds the models that packed libraries brought along: for <c>lib/net10.0/A.dll</c> of a package those in its folder
/// <c>onnx/A</c>, where <c>dotnet pack</c> put them.
/// </summary>
public sealed class ResolvePackedModels : Microsoft.Build.Utilities.Task
{
    /// <summary>Assemblies of packages that the program takes along.</summary>
    [Required]
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>Models and their weights, with the metadata <c>TargetPath</c>: the path below the output folder.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        var files = new List<ITaskItem>();
        foreach (var assembly in Assemblies)
        {
            var path = assembly.GetMetadata("FullPath");
            // In a package it is lib/FRAMEWORK/A.dll.
            var package = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(path)));
            if (package is null) continue;
            var folder = Path.Combine(package, TargetPath.Folder, Path.GetFileNameWithoutExtension(path));
            if (!Directory.Exists(folder)) continue;
            foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            {
                var target = Escaping.ForMSBuild(file.Substring(package.Length + 1).Replace(Path.DirectorySeparatorChar, '/'));
                var item = new TaskItem(Escaping.ForMSBuild(file));
                item.SetMetadata("TargetPath", target);
                item.SetMetadata("Link", target);
                files.Add(item);
            }
        }

        Files = [.. files];
        return true;
    }
}
