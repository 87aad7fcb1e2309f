namespace TrtBindings.Shapes;

/// <summary>The digit 1.</summary>
public readonly struct _1 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 1;
}
