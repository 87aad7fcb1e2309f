namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>A line of a data file that cannot be used.</summary>
internal sealed class TableError(int line, string message)
{
    /// <summary>The line, counted from 0.</summary>
    public int Line => line;

    /// <summary>What is wrong with it.</summary>
    public string Message => message;
}
