using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TrtBindings.Backends;

namespace TrtBindings;

/// <summary>A model's origin: an .onnx file, bytes in memory, or a ready TensorRT engine. Immutable.</summary>
public sealed class ModelSource
{
    private ModelSource(string name, string? path, ReadOnlyMemory<byte> bytes, bool isEngine = false)
    {
        Name = name;
        Path = path;
        Bytes = bytes;
        IsEngine = isEngine;
    }

    /// <summary>The model's name for messages: its path, or its size in memory.</summary>
    public string Name { get; }

    /// <summary>Full path of the file; <see langword="null"/> if the model is in memory.</summary>
    public string? Path { get; }

    /// <summary>The model, if it is in memory.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>True if the file is a ready TensorRT engine instead of an .onnx.</summary>
    public bool IsEngine { get; }

    /// <summary>Finds the file that the build copied beside the program or beside the generated class's assembly.</summary>
    /// <param name="signature">The compiled signature with the relative path.</param>
    /// <param name="assembly">The assembly with the generated class.</param>
    /// <exception cref="ModelFileException">It is in neither folder; the error lists the paths.</exception>
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

    /// <summary>A model in memory; its weights must be inside.</summary>
    public static ModelSource FromBytes(ReadOnlyMemory<byte> bytes) => new($"{bytes.Length:N0} bytes in memory", null, bytes);

    /// <summary>A ready TensorRT engine, which runs without its .onnx.</summary>
    public static ModelSource FromEngine(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = System.IO.Path.GetFullPath(path);
        return new(full, full, default, isEngine: true);
    }

    /// <summary>
    /// Reads the model's description without the weights, and checks that its external data exists. For an engine this is only
    /// the metadata in front of the plan (Ultralytics' header): its tensors are known once TensorRT has opened it.
    /// </summary>
    /// <exception cref="ModelFileException">Missing, unreadable, not an .onnx, or external data missing or misplaced.</exception>
    /// <exception cref="EngineFileException">Missing, unreadable, cut off, or not an engine.</exception>
    public ModelDescription Describe()
    {
        if (IsEngine)
        {
            using var engine = EnginePlanFile.Open(Path!);
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

    /// <summary>The .onnx as a stream.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal Stream Open() => Path is null
        ? new ReadOnlyMemoryStream(Bytes)
        : new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty location is skipped.")]
    private static IEnumerable<string> Folders(Assembly assembly)
    {
        yield return AppContext.BaseDirectory;
        // A plug-in may have a folder of its own.
        if (System.IO.Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder) yield return folder;
    }
}
