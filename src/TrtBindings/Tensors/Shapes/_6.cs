namespace TrtBindings.Shapes;

/// <summary>The digit 6.</summary>
public readonly struct _6 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 6;
}
