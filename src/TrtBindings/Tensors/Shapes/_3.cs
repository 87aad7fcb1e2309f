namespace TrtBindings.Shapes;

/// <summary>The digit 3.</summary>
public readonly struct _3 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 3;
}
