namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Recognizes files that are not ONNX models, for an error message that says how to get the model.</summary>
internal static class ForeignFile
{
    private const int Looked = 512;
    private const string Again = ": download or export the model again";

    /// <summary>A message about the file; <see langword="null"/> if its first bytes are not recognized.</summary>
    public static string? Recognize(Stream stream)
    {
        var head = new byte[Looked];
        var count = 0;
        stream.Seek(0, SeekOrigin.Begin);
        for (int read; count < Looked && (read = stream.Read(head, count, Looked - count)) > 0;) count += read;

        if (count == 0) return "the file is empty" + Again;
        return OfBinary(head, count) ?? OfText(head, count);
    }

    private static string? OfBinary(byte[] head, int count)
    {
        if (StartsWith(head, count, 0, "PK\u0003\u0004"))
        {
            return Contains(head, count, "/data.pkl")
                ? "this is a PyTorch archive (.pt, .pth): export the model to ONNX"
                : "this is a zip archive, or a PyTorch checkpoint: unpack it, or export the model to ONNX";
        }

        if (head[0] == 0x1F && head[1] == 0x8B) return "this is a gzip file: unpack it";
        if (head[0] == 0x80 && head[1] is >= 2 and <= 5)
            return "this is a Python pickle, such as an old PyTorch checkpoint: export the model to ONNX";
        if (StartsWith(head, count, 1, "HDF\r\n")) return "this is an HDF5 (Keras) file: convert the model to ONNX";
        if (StartsWith(head, count, 4, "TFL3")) return "this is a TensorFlow Lite model: convert it to ONNX";
        if (StartsWith(head, count, 4, "ORTM"))
            return "this is an ONNX Runtime (.ort) model: use the .onnx file that it was made from";
        // Ultralytics writes a length of four bytes and JSON before the engine.
        if (StartsWith(head, count, 0, "ftrt") || StartsWith(head, count, 4, "{\""))
            return "this is a TensorRT engine: load it with LoadEngine, or give the .onnx that it was built from";
        if (StartsWith(head, count, 0, "GGUF")) return "this is a GGUF file: export the model to ONNX";
        if (StartsWith(head, count, 8, "{\"")) return "this is a safetensors file: export the model to ONNX";
        if (StartsWith(head, count, 1, "NUMPY")) return "this is a NumPy array (.npy), the data of one tensor: give the model";
        if (StartsWith(head, count, 1, "PNG\r\n") || (head[0] == 0xFF && head[1] == 0xD8 && head[2] == 0xFF))
            return "this is a picture: give the model";
        if (StartsWith(head, count, 1, "ELF")) return "this is a program or a library of Linux: give the model";
        for (var i = 0; i < count; i++)
            if (head[i] != 0) return null;
        return "the file begins with zeros, as an unfinished download does" + Again;
    }

    private static string? OfText(byte[] head, int count)
    {
        var start = count >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF ? 3 : 0;
        while (start < count && head[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') start++;

        if (StartsWith(head, count, start, "version https://git-lfs"))
            return "this is a Git LFS pointer, not the model: run 'git lfs pull'";
        if (!IsText(head, count)) return null;
        if (StartsWith(head, count, start, "<!doctype html") || StartsWith(head, count, start, "<html"))
            return "this is an HTML page, as a failed download leaves it" + Again;
        if (StartsWith(head, count, start, "<")) return "this is XML or HTML, not an ONNX model" + Again;
        if (StartsWith(head, count, start, "{") || StartsWith(head, count, start, "["))
            return "this is JSON, not an ONNX model" + Again;
        return "this is text, not an ONNX model" + Again;
    }

    // Works for every encoding that contains ASCII. The first bytes of a model contain control characters.
    private static bool IsText(byte[] head, int count)
    {
        for (var i = 0; i < count; i++)
            if (head[i] == 0x7F || (head[i] < ' ' && head[i] is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0C)))
                return false;
        return true;
    }

    private static bool Contains(byte[] head, int count, string text)
    {
        for (var start = 0; start < count; start++)
            if (StartsWith(head, count, start, text)) return true;
        return false;
    }

    private static bool StartsWith(byte[] head, int count, int start, string lowerOrExact)
    {
        if (count - start < lowerOrExact.Length) return false;
        for (var i = 0; i < lowerOrExact.Length; i++)
        {
            var actual = (char)head[start + i];
            if (actual != lowerOrExact[i] && char.ToLowerInvariant(actual) != lowerOrExact[i]) return false;
        }

        return true;
    }
}
