namespace TrtBindings.Shapes;

/// <summary>For the compiler: the size of one dimension, for use in constraints. It has no instances.</summary>
/// <typeparam name="TDimension">The dimension.</typeparam>
public sealed class SizeOf<TDimension> : AnySize
    where TDimension : struct, IDimension
{
    private SizeOf()
    {
    }
}
