using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TrtBindings.Backends;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings;

/// <summary>Where a model's bytes come from. Immutable.</summary>
public sealed class ModelSource
{
    private ModelSource(string name, string? path, ReadOnlyMemory<byte> bytes, bool isEngine = false)
    {
        Name = name;
        Path = path;
        Bytes = bytes;
        IsEngine = isEngine;
    }

    /// <summary>What to call the model in a message: its path, or its size in memory.</summary>
    public string Name { get; }

    /// <summary>Full path of the file; <see langword="null"/> if the model is in memory.</summary>
    public string? Path { get; }

    /// <summary>The model, if it is in memory.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether the file is a ready engine of TensorRT, not an .onnx.</summary>
    public bool IsEngine { get; }

    /// <summary>The file that a build put beside the program.</summary>
    /// <param name="signature">The compiled signature, which has the relative path.</param>
    /// <param name="assembly">The assembly with the generated class.</param>
    /// <exception cref="ModelFileException">It is in none of the places; the error lists them.</exception>
    public static ModelSource Find(ModelSignature signature, Assembly assembly)
    {
        var tried = new List<string>();
        foreach (var folder in Folders(assembly))
        {
            var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, signature.File));
            if (tried.Contains(path)) continue;
            tried.Add(path);
            if (File.Exists(path)) return FromFile(path);
        }

        throw new ModelFileException(signature.File,
            $"The model '{signature.File}' is not beside the program. Tried: {string.Join(", ", tried)}. "
            + "The build copies every .onnx in AdditionalFiles there; copy it along with the program, or use Load(path).",
            tried);
    }

    /// <summary>A file.</summary>
    public static ModelSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = System.IO.Path.GetFullPath(path);
        return new(full, full, default);
    }

    /// <summary>A model in memory, which must have no external data.</summary>
    public static ModelSource FromBytes(ReadOnlyMemory<byte> bytes) => new($"{bytes.Length:N0} bytes in memory", null, bytes);

    /// <summary>A ready engine of TensorRT, which runs without its .onnx.</summary>
    public static ModelSource FromEngine(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = System.IO.Path.GetFullPath(path);
        return new(full, full, default, isEngine: true);
    }

    /// <summary>
    /// Reads what the model says of itself, weights aside, and checks that its external data is there. The file of an engine
    /// says nothing of its tensors without TensorRT; what stands before the plan (Ultralytics' entries) is the metadata.
    /// </summary>
    /// <exception cref="ModelFileException">Missing, unreadable, not an .onnx, or external data missing or misplaced.</exception>
    /// <exception cref="EngineFileException">Missing, unreadable, cut off, or not an engine.</exception>
    public ModelDescription Describe()
    {
        if (IsEngine)
        {
            using var engine = EngineFile.Open(Path!);
            return new() { Metadata = engine.Metadata };
        }

        try
        {
            using var stream = Open();
            var description = OnnxModelReader.Read(stream);
            ExternalDataCheck.Check(this, description);
            return description;
        }
        catch (OnnxFormatException e)
        {
            throw new ModelFileException(Name, $"'{Name}' is not a readable .onnx: {e.Message}", null, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(Name, $"'{Name}' cannot be read: {e.Message}", Path is null ? null : [Path], e);
        }
    }

    /// <summary>The .onnx itself, read now if it is in a file.</summary>
    /// <exception cref="ModelFileException">It cannot be read.</exception>
    internal ReadOnlyMemory<byte> ReadBytes()
    {
        if (Path is null) return Bytes;
        try
        {
            return File.ReadAllBytes(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(Path, $"'{Path}' cannot be read: {e.Message}", [Path], e);
        }
    }

    private Stream Open() => Path is null
        ? new ReadOnlyMemoryStream(Bytes)
        : new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty location is skipped.")]
    private static IEnumerable<string> Folders(Assembly assembly)
    {
        yield return AppContext.BaseDirectory;
        // A plug-in's own folder, where it differs from the program's.
        if (System.IO.Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder) yield return folder;
    }
}
