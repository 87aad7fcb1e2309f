using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace TrtBindings.Backends;

/// <summary>
/// An engine file: a plan as TensorRT wrote it, or a plan after Ultralytics' header. Opening reads the headers only. An engine
/// is code: open only files from a trusted origin.
/// </summary>
internal sealed class EnginePlanFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly long _planOffset;

    private EnginePlanFile(
        string path, SafeFileHandle file, long planOffset, long planLength, Version? builtWith,
        EquatableArray<MetadataEntry> metadata)
    {
        Path = path;
        _file = file;
        _planOffset = planOffset;
        PlanLength = planLength;
        BuiltWith = builtWith;
        Metadata = metadata;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Bytes before the plan: 0 without Ultralytics' header.</summary>
    public long PlanOffset => _planOffset;

    /// <summary>Bytes of the plan, without Ultralytics' header.</summary>
    public long PlanLength { get; }

    /// <summary>The TensorRT version that built it; <see langword="null"/> if the plan's header has an unknown layout.</summary>
    public Version? BuiltWith { get; }

    /// <summary>The entries of Ultralytics' header (<c>names</c>, <c>task</c>, <c>imgsz</c> …); empty without one.</summary>
    public EquatableArray<MetadataEntry> Metadata { get; }

    /// <summary>Opens a file and reads its headers.</summary>
    /// <exception cref="EngineFileException">The file is missing, unreadable, empty, cut off, or not an engine.</exception>
    public static EnginePlanFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = System.IO.Path.GetFullPath(path);
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(full);
            return Read(full, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw e is FileNotFoundException or DirectoryNotFoundException
                ? new(full, $"There is no engine file '{full}'. Correct the path, or build the engine first.", e)
                : new EngineFileException(full, $"The engine file '{full}' cannot be read: {e.Message}", e);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Reads the plan into native memory, for <c>deserializeCudaEngine</c>.</summary>
    /// <exception cref="EngineFileException">The file was cut off or became unreadable after it was opened.</exception>
    public EnginePlan ReadPlan()
    {
        try
        {
            return EnginePlan.Read(_file, _planOffset, PlanLength, hash: null);
        }
        catch (IOException e)
        {
            throw new EngineFileException(Path, $"The engine file '{Path}' cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static EnginePlanFile Read(string path, SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        if (length == 0) throw new EngineFileException(path, $"The engine file '{path}' is empty. Build or copy it again.");
        var start = ReadAt(file, 0, EnginePlanHeader.Size);
        if (EnginePlanHeader.TryParse(start, out var header)) return Create(path, file, 0, length, header, default);
        if (!UltralyticsHeader.TryReadLength(start, length, out var textLength))
            throw Foreign(path, start, "it starts neither with the letters of a plan nor with Ultralytics' header");
        var metadata = ReadMetadata(path, file, start, textLength);
        var offset = UltralyticsHeader.LengthSize + (long)textLength;
        if (offset == length) throw CutOff(path, "it ends with Ultralytics' header, before the plan");
        if (!EnginePlanHeader.TryParse(ReadAt(file, offset, EnginePlanHeader.Size), out header))
            throw Foreign(path, start, "no plan follows Ultralytics' header");
        return Create(path, file, offset, length - offset, header, metadata);
    }

    private static EnginePlanFile Create(
        string path, SafeFileHandle file, long offset, long length, EnginePlanHeader header,
        EquatableArray<MetadataEntry> metadata)
    {
        if (length < EnginePlanHeader.Size) throw CutOff(path, $"it has {length} bytes of a plan");
        if (header.Length > length) throw CutOff(path, $"it has {length:N0} of the plan's {header.Length:N0} bytes");
        return new(path, file, offset, length, header.BuiltWith, metadata);
    }

    private static EquatableArray<MetadataEntry> ReadMetadata(
        string path, SafeFileHandle file, ReadOnlySpan<byte> start, int textLength)
    {
        try
        {
            return UltralyticsHeader.Parse(ReadAt(file, UltralyticsHeader.LengthSize, textLength));
        }
        catch (JsonException)
        {
            throw Foreign(path, start, "it starts neither with the letters of a plan nor with Ultralytics' header");
        }
    }

    private static byte[] ReadAt(SafeFileHandle file, long offset, int length)
    {
        var bytes = new byte[length];
        var done = 0;
        for (int count; done < length; done += count)
        {
            count = RandomAccess.Read(file, bytes.AsSpan(done), offset + done);
            if (count == 0) break;
        }

        return bytes[..done];
    }

    private static EngineFileException CutOff(string path, string how) =>
        new(path, $"The engine file '{path}' is cut off: {how}. Copy or build it again.");

    private static EngineFileException Foreign(string path, ReadOnlySpan<byte> start, string why)
    {
        var hint = start is [0x08, ..] ? " It looks like an .onnx model: build an engine from it, or load it as a model."
            : start.StartsWith("PK"u8) ? " It looks like a ZIP archive, such as a .pt file of PyTorch."
            : " Give the file that trtexec, buildSerializedNetwork or an Ultralytics export wrote.";
        return new(path, $"'{path}' is not a TensorRT engine: {why}.{hint}");
    }
}
