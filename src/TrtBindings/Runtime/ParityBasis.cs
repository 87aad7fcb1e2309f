using System.Globalization;
using TrtBindings.Backends;
using TrtBindings.OnnxRuntime;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Runtime;

/// <summary>What the verdict on an engine follows from besides it: as long as that is the same, so is the verdict.</summary>
internal static class ParityBasis
{
    /// <summary>Raise this when the same outputs get another verdict than in an earlier version of this library.</summary>
    private const string Rules = "1";

    private const string Absent = "not there";

    /// <summary>A text of it, in lines.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string Of(LoadRequest request, CancellationToken cancellationToken)
    {
        var options = request.Options.TensorRT.Parity;
        return string.Join('\n',
            $"rules {Rules}",
            $"tolerance {(options.Tolerance is { } tolerance ? Text(tolerance) : "of the precision")}",
            // What the application's function fills in cannot be known.
            $"samples {(options.Samples is null ? "drawn" : "of the application")}",
            $"task {request.Declaration.Task}",
            $"results {options.Results?.NameOf(request.Description) ?? "not read"}",
            $"reference {ReferenceOf(request, cancellationToken)}",
            $"ONNX Runtime {VersionOf(request.Options)}");
    }

    private static string ReferenceOf(LoadRequest request, CancellationToken cancellationToken)
    {
        if (request.Options.TensorRT.Parity.Reference is { } path) return HashOf(request, path, cancellationToken);
        // The source that a converted model names counts if ONNX Runtime does not run the model, which only a load would tell.
        return request.Description.FindMetadata(ModelOrigin.NameKey) is { Length: > 0 } name && request.Source.Path is { } model
            && Path.GetFileName(name) == name
            ? $"the model, or {HashOf(request, Path.Combine(Path.GetDirectoryName(model)!, name), cancellationToken)}"
            : "the model";
    }

    /// <summary>The hashes of a model's files, which are read only if they have changed since they were hashed last.</summary>
    private static string HashOf(LoadRequest request, string path, CancellationToken cancellationToken)
    {
        try
        {
            var hasher = new ContentHasher(request.Options.TensorRT.CacheFolder ?? EngineCacheFolder.Default());
            var source = ModelSource.FromFile(path);
            // Reading the description checks that each file is there, inside the model's folder.
            var folder = Path.GetDirectoryName(source.Path!)!;
            var files = source.Describe().ExternalData.Select(data => Path.Combine(folder, data.Location));
            return string.Join(' ', files.Prepend(source.Path!).Select(file => hasher.Hash(file, cancellationToken)));
        }
        catch (ModelFileException)
        {
            return Absent;
        }
    }

    private static string VersionOf(ModelOptions options)
    {
        try
        {
            return OrtLibrary.Load(options.OnnxRuntimeLibrary, options.SharedThreads, options.AllowSpinning).Version;
        }
        catch (TrtBindingsException)
        {
            return Absent;
        }
    }

    private static string Text(ParityTolerance tolerance) => string.Create(CultureInfo.InvariantCulture,
        $"{tolerance.Largest:R} {tolerance.Relative:R} {tolerance.Gain:R} {tolerance.Cosine:R} {tolerance.Agreement:R} ")
        + string.Create(CultureInfo.InvariantCulture, $"{tolerance.Position:R} {tolerance.Score:R} {tolerance.Overlap:R}");
}
