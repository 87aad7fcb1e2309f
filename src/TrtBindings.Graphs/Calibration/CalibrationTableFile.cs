using System.Globalization;
using System.Text;
using TrtBindings.Graphs.Conversion;

namespace TrtBindings.Graphs.Calibration;

/// <summary>A calibration table in its file. <see cref="CalibrationTableText"/> is what stands in it.</summary>
/// <param name="path">The file.</param>
internal sealed class CalibrationTableFile(string path)
{
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
        var table = CalibrationTableText.Parse(Lines(), Bad);
        if (table.ModelHash != hash)
        {
            throw Bad(CalibrationTableText.LineOf("sha256"),
                $"is of a model with SHA-256 {table.ModelHash}, and '{model}' has {hash}: the model was changed, or "
                + "the table is of another", null);
        }

        if (table.Type != type)
        {
            throw Bad(CalibrationTableText.LineOf("type"),
                $"is for {table.Type.OnnxName()}, and {type.OnnxName()} is asked for", null);
        }

        if (table.Method != method)
        {
            throw Bad(CalibrationTableText.LineOf("method"),
                $"was made by {table.Method}, and QuantizationOptions.Method asks for {method}", "Set that method");
        }

        var ranges = table.Ranges();
        if (tensors.FirstOrDefault(name => !ranges.ContainsKey(name)) is { } missing)
        {
            throw Bad(0, $"has no amax for the tensor '{missing}', which is quantized with these options or by this version",
                null);
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
        RequireFolder();
        try
        {
            WholeText.Write(FullPath, CalibrationTableText.Of(table, model));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
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
            return File.ReadAllLines(FullPath, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CalibrationTableException(FullPath, 0, $"The calibration table '{FullPath}' cannot be read: {e.Message} "
                + "Make it readable, or name another file.", e);
        }
        catch (DecoderFallbackException e)
        {
            // A model or a picture under this name: whoever deletes it because of a message loses it.
            throw new CalibrationTableException(FullPath, 0, $"'{FullPath}' is no calibration table: it is no text. Name a "
                + "table, or a file that is not there yet and samples.", e);
        }
    }

    private CalibrationTableException Bad(int line, string what, string? cure) => new(FullPath, line,
        $"The calibration table '{FullPath}'{(line > 0 ? $", line {line.ToString(CultureInfo.InvariantCulture)}," : "")} {what}. "
        + $"{(cure is null ? "Delete" : cure + ", or delete")} the file, and convert once with samples; that writes a new one.");
}
