namespace TrtBindings.Shapes;

/// <summary>The digit 5.</summary>
public readonly struct _5 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 5;
}
