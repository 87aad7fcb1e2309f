namespace TrtBindings;

/// <summary>
/// A calibration table cannot be used: it is damaged, of another model, of other options, or older than the model. Nothing was
/// written.
/// </summary>
public sealed class CalibrationTableException : TrtBindingsException
{
    /// <summary>An error about one table.</summary>
    /// <param name="table">The table's path.</param>
    /// <param name="line">The line, from 1 on; 0 if it is about the whole file.</param>
    /// <param name="message">The fault and its cure.</param>
    /// <param name="innerException">The error behind it.</param>
    public CalibrationTableException(string table, int line, string message, Exception? innerException = null)
        : base(message, innerException) => (Table, Line) = (table, line);

    /// <summary>The table's path.</summary>
    public string Table { get; }

    /// <summary>The line that is wrong, from 1 on; 0 if the fault is in no single line.</summary>
    public int Line { get; }
}
