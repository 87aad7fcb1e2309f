namespace TrtBindings.Shapes;

/// <summary>A dimension whose size is known only at run time.</summary>
public readonly struct Dynamic : IDimension, ICanBe<AnySize>
{
    /// <inheritdoc/>
    public static long Size => -1;
}
