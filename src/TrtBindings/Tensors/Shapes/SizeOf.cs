namespace TrtBindings.Shapes;

/// <summary>For the compiler: the size of one dimension, as a constraint names it. There are no objects of it.</summary>
/// <typeparam name="TDimension">The dimension.</typeparam>
public sealed class SizeOf<TDimension> : AnySize
    where TDimension : struct, IDimension
{
    private SizeOf()
    {
    }
}
