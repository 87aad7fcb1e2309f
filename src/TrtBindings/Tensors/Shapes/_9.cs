namespace TrtBindings.Shapes;

/// <summary>The digit 9.</summary>
public readonly struct _9 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 9;
}
