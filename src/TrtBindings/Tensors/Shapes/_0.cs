namespace TrtBindings.Shapes;

/// <summary>The digit 0.</summary>
public readonly struct _0 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 0;
}
