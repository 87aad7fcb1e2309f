using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Runtime;

/// <summary>
/// The file that a converted model was made from. The model's metadata name it, and have the SHA-256 of it and of each file of
/// its weights, so that no other model takes its place.
/// </summary>
internal static class ModelOrigin
{
    private const int ShownDigits = 12;

    /// <summary>The metadata that name the file.</summary>
    public const string NameKey = "trtbindings.source";

    private const string HashKey = "trtbindings.source_sha256";
    private const string FilesKey = "trtbindings.source_files";

    /// <summary>Finds it beside the model.</summary>
    /// <param name="model">The converted model.</param>
    /// <param name="description">What its file says.</param>
    /// <param name="why">
    /// Without a source, the reason: the end of a sentence without its full stop. Empty if the model does not say that it was
    /// converted.
    /// </param>
    /// <param name="cancellationToken">Ends the hashing.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ModelSource? Find(
        ModelSource model, ModelDescription description, out string why, CancellationToken cancellationToken)
    {
        why = "";
        if (description.FindMetadata(NameKey) is not { Length: > 0 } name) return null;
        if (model.Path is not { } path)
        {
            why = $"it was converted from '{name}', and a model in memory has no folder in which that could lie";
            return null;
        }

        if (Path.GetFileName(name) != name)
        {
            why = $"its metadata name the source '{name}', which is not the name of a file beside it";
            return null;
        }

        var origin = Path.Combine(Path.GetDirectoryName(path)!, name);
        try
        {
            why = origin == path
                ? $"it was converted from a file of its own name, '{name}', and lies in the place of it"
                : !File.Exists(origin)
                    ? $"it was converted from '{name}', which does not lie beside it: there is no '{origin}'"
                    : Difference(origin, description, cancellationToken) ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelFileException)
        {
            why = $"the file that it was converted from cannot be used: {e.Message.TrimEnd('.')}";
        }

        return why.Length == 0 ? ModelSource.FromFile(origin) : null;
    }

    /// <summary>What is not as it was when the model was converted.</summary>
    private static string? Difference(string origin, ModelDescription converted, CancellationToken cancellationToken)
    {
        var file = Path.GetFileName(origin);
        var known = Known(converted.FindMetadata(FilesKey));
        // An earlier release noted one hash, which is that of the .onnx if all weights are in it.
        var isOld = known.Count == 0;
        if (isOld && converted.FindMetadata(HashKey) is { Length: > 0 } only) known[file] = only;
        var weights = ModelSource.FromFile(origin).Describe().ExternalData;
        if (isOld && weights.Count > 0)
        {
            return $"it was converted by an earlier release, which did not note the hash of '{weights[0].Location}', the weights "
                + $"of '{origin}'. Convert it again";
        }

        foreach (var name in (string[])[file, .. weights.Select(one => one.Location)])
        {
            if (!known.TryGetValue(name, out var expected))
                return $"its metadata have no hash of '{name}', which '{origin}' consists of. Convert it again";
            var path = Path.Combine(Path.GetDirectoryName(origin)!, name);
            var found = ContentHash.OfFile(path, cancellationToken)[ContentHash.Prefix.Length..];
            if (found == expected) continue;
            return $"'{path}' has changed since the conversion: its SHA-256 is {Shown(found)}, and was {Shown(expected)}. "
                + "Convert the model again";
        }

        return null;
    }

    private static Dictionary<string, string> Known(string? lines)
    {
        const string Between = "  ";
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (lines ?? "").Split('\n'))
        {
            var end = line.IndexOf(Between, StringComparison.Ordinal);
            if (end > 0) known[line[(end + Between.Length)..]] = line[..end];
        }

        return known;
    }

    private static string Shown(string hash) => hash.Length <= ShownDigits ? hash : $"{hash[..ShownDigits]}…";
}
