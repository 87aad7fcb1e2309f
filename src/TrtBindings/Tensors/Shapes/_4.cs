namespace TrtBindings.Shapes;

/// <summary>The digit 4.</summary>
public readonly struct _4 : IDigit
{
    /// <inheritdoc/>
    public static int Value => 4;
}
