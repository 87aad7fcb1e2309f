using System.Globalization;
using System.Text;

namespace TrtBindings.Graphs.Calibration;

/// <summary>Reads and writes calibration tables: a head that says what they are from, then a line for each tensor.</summary>
/// <param name="path">The file.</param>
internal sealed class CalibrationTableFile(string path)
{
    private const string Title = "# TrtBindings calibration table 1";
    private const string Columns = "# amax\tlargest\tmethod\ttensor";
    private const string None = "-";

    /// <summary>Names of the lines of the head, in order.</summary>
    private static readonly string[] Head = ["model", "sha256", "type", "method", "samples"];

    /// <summary>Full path.</summary>
    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>True if there is a table already.</summary>
    public bool Exists => File.Exists(FullPath);

    /// <summary>Reads the table.</summary>
    /// <param name="model">The model that it must be of, for the message.</param>
    /// <param name="hash">The model's hash.</param>
    /// <param name="type">What the ranges must be for.</param>
    /// <param name="method">The method that they must be from.</param>
    /// <param name="tensors">Tensors that must have a range.</param>
    /// <exception cref="CalibrationTableException">It cannot be read or does not fit.</exception>
    public CalibrationResult Read(string model, string hash, ElementType type, string method, IReadOnlyList<string> tensors)
    {
        var table = Parse(Lines());
        if (table.ModelHash != hash)
        {
            throw Bad(LineOf("sha256"),
                $"is of a model with SHA-256 {table.ModelHash}, and '{model}' has {hash}: the model was changed, or "
                + "the table is of another");
        }

        if (table.Type != type) throw Bad(LineOf("type"), $"is for {table.Type.OnnxName()}, and {type.OnnxName()} is asked for");
        if (table.Method != method)
            throw Bad(LineOf("method"), $"was made by {table.Method}, and QuantizationOptions.Method asks for {method}");
        var ranges = table.Ranges();
        if (tensors.FirstOrDefault(name => !ranges.ContainsKey(name)) is { } missing)
        {
            throw Bad(0, $"has no amax for the tensor '{missing}', which is quantized with these options or by this version");
        }

        return table;
    }

    /// <summary>Refuses a place that cannot be written to before a calibration that may take long.</summary>
    /// <exception cref="CalibrationTableException">The folder is not there.</exception>
    public void RequireFolder()
    {
        if (!Directory.Exists(Path.GetDirectoryName(FullPath))) throw CannotWrite("its folder is not there.", null);
    }

    /// <summary>Writes the table completely or not at all.</summary>
    /// <exception cref="CalibrationTableException">The file cannot be written.</exception>
    public void Write(CalibrationResult table, string model)
    {
        var text = new StringBuilder();
        text.Append(Title).Append('\n');
        string[] values =
        [
            Path.GetFileName(model), table.ModelHash, table.Type.OnnxName(), table.Method,
            table.Samples.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var (name, value) in Head.Zip(values))
            text.Append(CultureInfo.InvariantCulture, $"# {name}: {Escaped(value)}\n");
        text.Append(Columns).Append('\n');
        foreach (var tensor in table.Tensors)
        {
            var (amax, method) = tensor.Amax is { } number ? (Text(number), tensor.Method.ToString()) : (None, None);
            text.Append(CultureInfo.InvariantCulture, $"{amax}\t{Text(tensor.Largest)}\t{method}\t{Escaped(tensor.Name)}\n");
        }

        var temporary = $"{FullPath}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, text.ToString());
            File.Move(temporary, FullPath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw CannotWrite(e.Message, e);
        }
    }

    private CalibrationTableException CannotWrite(string why, Exception? cause) => new(FullPath, 0,
        $"The calibration table '{FullPath}' cannot be written: {why} Name a file in a folder that is there and may be written.",
        cause);

    private string[] Lines()
    {
        try
        {
            // A model or a picture under this name is no text of many lines.
            return File.ReadAllLines(FullPath, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new CalibrationTableException(FullPath, 0, $"The calibration table '{FullPath}' cannot be read: {e.Message} "
                + "Delete it, and convert once with samples; that writes a new one.", e);
        }
    }

    private CalibrationResult Parse(string[] lines)
    {
        if (lines.Length == 0 || lines[0] != Title) throw Bad(1, $"does not begin with '{Title}'");
        var head = Head.Select((name, i) => Header(lines, i + 1, name)).ToArray();
        if (ElementTypeOf(head[2]) is not { } type) throw Bad(LineOf("type"), $"names the unknown type '{head[2]}'");
        if (!int.TryParse(head[4], NumberStyles.None, CultureInfo.InvariantCulture, out var samples))
            throw Bad(LineOf("samples"), $"has '{head[4]}' samples");
        var tensors = new List<CalibratedTensor>();
        var names = new HashSet<string>();
        for (var i = Head.Length + 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#') continue;
            var tensor = Tensor(lines[i], i + 1);
            if (!names.Add(tensor.Name)) throw Bad(i + 1, $"has the tensor '{tensor.Name}' twice");
            tensors.Add(tensor);
        }

        return new(head[1], type, head[3], samples, tensors);
    }

    private string Header(string[] lines, int index, string name)
    {
        var start = $"# {name}: ";
        return index < lines.Length && lines[index].StartsWith(start, StringComparison.Ordinal)
            ? lines[index][start.Length..]
            : throw Bad(index + 1, $"has no line '{start}…' there");
    }

    private CalibratedTensor Tensor(string line, int number)
    {
        var parts = line.Split('\t');
        if (parts.Length != 4) throw Bad(number, "has not the four columns amax, largest, method and tensor there");
        if (!float.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var largest) || largest < 0)
            throw Bad(number, $"has '{parts[1]}' for the largest magnitude");
        var name = Unescaped(parts[3]);
        if (parts[0] == None && parts[2] == None) return new(name, largest, default, null);
        if (!float.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var amax) || amax < 0
            || !float.IsFinite(amax))
            throw Bad(number, $"has '{parts[0]}' for amax, which is a finite number from 0 on");
        return Enum.TryParse<CalibrationMethod>(parts[2], out var method) && Enum.IsDefined(method)
            ? new(name, largest, method, amax)
            : throw Bad(number, $"names the unknown method '{parts[2]}'");
    }

    private static ElementType? ElementTypeOf(string name) =>
        new ElementType?[] { ElementType.Int8, ElementType.Float8E4M3FN }.FirstOrDefault(type => type!.Value.OnnxName() == name);

    private static int LineOf(string header) => Array.IndexOf(Head, header) + 2;

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Names may have anything in them; lines and columns must not break.</summary>
    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal);

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\')) return text;
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isEscape = text[i] == '\\' && i + 1 < text.Length;
            result.Append(!isEscape ? text[i] : text[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
        }

        return result.ToString();
    }

    private CalibrationTableException Bad(int line, string what) => new(FullPath, line,
        $"The calibration table '{FullPath}'{(line > 0 ? $", line {line.ToString(CultureInfo.InvariantCulture)}," : "")} {what}. "
        + "Delete the file, and convert once with samples; that writes a new one.");
}
