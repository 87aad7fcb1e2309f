using System.Text;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;
using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings.Generators.Spec;

/// <summary>Gives the models of a project distinct class and file names.</summary>
internal static class ModelNames
{
    /// <summary>
    /// Names that a model's class must not have: its own members, the aliases of the generated file, and root namespaces that
    /// the project's code needs.
    /// </summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "Inputs", "Outputs", "InputShapes", "OutputShapes", "Label", "Labels", "LabelCount", "CompiledSignature", "Ranges",
        "Load", "LoadAsync", "LoadEngine", "LoadEngineAsync", "BuildEngine", "BuildEngineAsync", "Run", "RunAsync", "WarmUp",
        "Gpu", "AllocateInputs", "AllocateOutputs", "WrapInputs", "WrapOutputs",
        "CreateInputsCore", "CreateOutputsCore", "RunCore", "RunAsyncCore", "WarmUpCore", "BuildEngineCore", "Signature",
        "Description", "Backend", "Source", "Dispose", "Refit",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        "System", "Microsoft", "TrtBindings", "Trt", "S",
    };

    /// <summary>True if a class can have this name.</summary>
    public static bool IsFree(string name) => !Reserved.Contains(name);

    /// <summary>Names the models in the order of their paths, each once.</summary>
    public static IEnumerable<NamedModel> Assign(EquatableArray<ModelItem> items, ProjectSpec project)
    {
        var classes = new Dictionary<string, ModelItem>(StringComparer.Ordinal);
        // What the build copies, models and their weights, by where it goes.
        var targets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var hints = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items.OrderBy(i => i.TargetPath, StringComparer.Ordinal)
                     .ThenBy(i => i.File.Path, StringComparer.Ordinal))
        {
            if (!seen.Add(item.File.Path)) continue;
            var name = ClassName(item);
            var space = Identifiers.IsNamespace(item.Metadata.Namespace) ? item.Metadata.Namespace : project.Namespace;
            var full = space.Length > 0 ? space + "." + name : name;
            DiagnosticInfo? clash = null;
            if (targets.TryGetValue(item.TargetPath, out var path))
                clash = DiagnosticInfo.Of(Descriptors.TargetPathClash, item.File.Path, item.TargetPath, path);
            else if (classes.TryGetValue(full, out var other))
                clash = DiagnosticInfo.Of(Descriptors.ClassNameClash, item.File.Path, name, other.TargetPath);
            else if (WeightsOf(item).FirstOrDefault(file => IsTaken(file)) is { } weights)
                clash = DiagnosticInfo.Of(Descriptors.WeightsPathClash, item.File.Path, weights.Target, targets[weights.Target]);
            else
            {
                (targets[item.TargetPath], classes[full]) = (item.File.Path, item);
                foreach (var file in WeightsOf(item)) targets[file.Target] = file.Path;
            }

            yield return new(item, name, space, HintName(item.TargetPath, hints), clash);
        }

        bool IsTaken(CopiedFile file) => targets.TryGetValue(file.Target, out var path) && path != file.Path;
    }

    /// <summary>The files with a model's weights, which the build copies beside it.</summary>
    private static IEnumerable<CopiedFile> WeightsOf(ModelItem item)
    {
        if (item.File.Description is not { } description) yield break;
        var folder = item.TargetPath.Substring(0, item.TargetPath.LastIndexOf('/') + 1);
        var inside = Path.GetDirectoryName(item.File.Path)?.Length ?? 0;
        foreach (var reference in description.ExternalData)
        {
            if (ExternalDataPath.Find(item.File.Path, reference.Location) is not { } path || path.Length <= inside) continue;
            yield return new(folder + path.Substring(inside).TrimStart('/', '\\').Replace('\\', '/'), path);
        }
    }

    private static string ClassName(ModelItem item)
    {
        if (Identifiers.IsClassName(item.Metadata.Name) && !Reserved.Contains(item.Metadata.Name))
            return item.Metadata.Name;
        var targetPath = item.TargetPath;
        var file = targetPath.Substring(targetPath.LastIndexOf('/') + 1);
        var stem = file.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? file.Substring(0, file.Length - 5) : file;
        var name = Identifiers.Pascal(stem, "Model", "Model");
        return Reserved.Contains(name) ? name + "Model" : name;
    }

    /// <summary>
    /// The path, with characters replaced that the compiler refuses in a hint name. Letters and digits of any script stay.
    /// </summary>
    private static string HintName(string targetPath, HashSet<string> taken)
    {
        var safe = new StringBuilder(targetPath.Length);
        foreach (var c in targetPath) safe.Append(char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '/' ? c : '_');
        var plain = safe.Replace("//", "/").Replace("../", "").ToString().Trim('/', '.');
        for (var number = 1; ; number++)
        {
            var name = (number == 1 ? plain : plain + "_" + Literals.Number(number)) + ".g.cs";
            if (taken.Add(name)) return name;
        }
    }

    /// <summary>A file and where it is copied to.</summary>
    private sealed class CopiedFile(string target, string path)
    {
        public string Target { get; } = target;

        public string Path { get; } = path;
    }
}
