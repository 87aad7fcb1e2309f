namespace TrtBindings.Shapes;

/// <summary>The digit 7.</summary>
public readonly struct _7 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 7;
}
