namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One measure of a model on its validation pictures.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">0 to 1, more is better.</param>
/// <param name="Int8Tolerance">What INT8 may be below 32 bits.</param>
internal sealed record Accuracy(string Name, double Value, double Int8Tolerance)
{
    /// <summary>True for the measures that the models' pages show first.</summary>
    public bool IsMain => !Name.Contains("AP75", StringComparison.Ordinal) && !Name.Contains("overlap", StringComparison.Ordinal);

    public override string ToString() => $"{Name} {Value:0.0000}";
}
