namespace TrtBindings.Shapes;

/// <summary>The digit 8.</summary>
public readonly struct _8 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 8;
}
