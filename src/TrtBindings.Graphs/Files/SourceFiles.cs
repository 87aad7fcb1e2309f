using System.Security.Cryptography;
using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings.Graphs.Files;

/// <summary>
/// The files of a model, each with its SHA-256: the lines that <c>sha256sum</c> writes and checks. Unlike the hash of a model's
/// data they can be compared without knowing where in a file each tensor lies.
/// </summary>
internal static class SourceFiles
{
    private const int BufferBytes = 1 << 20;

    /// <summary>The .onnx by its name, then files of weights by their locations, in ordinal order.</summary>
    /// <param name="file">The model as it was read: its tensors must still be those of the file.</param>
    /// <exception cref="ModelFileException">A file of weights is missing, unreadable or outside the model's folder.</exception>
    public static string Of(OnnxFile file)
    {
        var locations = TensorWalk.All(file.Model).Where(OnnxFile.IsExternal)
            .Select(tensor => tensor.ExternalData.LastOrDefault(entry => entry.Key == "location")?.Value ?? "").Distinct()
            .Order(StringComparer.Ordinal);
        return string.Join('\n', [
            Line(file.Hash, Path.GetFileName(file.Path)),
            .. locations.Select(location => Line(HashOf(file.Path, location), location)),
        ]);
    }

    private static string Line(byte[] hash, string name) => $"{Convert.ToHexStringLower(hash)}  {name}";

    private static byte[] HashOf(string model, string location)
    {
        var path = ExternalDataPath.Find(model, location)
            ?? throw new ModelFileException(model, $"'{model}' has data at '{location}', which is not inside its folder. Export "
                + "or copy the model again.");
        try
        {
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
            return SHA256.HashData(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(
                model, $"'{path}', which holds weights of '{model}', cannot be read: {e.Message}", [path], e);
        }
    }
}
