namespace TrtBindings.Shapes;

/// <summary>A dimension whose size is known only at run time.</summary>
public readonly struct Dynamic : IDimension
{
    /// <inheritdoc/>
    public static long Size => -1;
}
