namespace TrtBindings.Shapes;

/// <summary>The digit 2.</summary>
public readonly struct _2 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 2;
}
