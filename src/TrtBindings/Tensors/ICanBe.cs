namespace TrtBindings.Shapes;

/// <summary>
/// For the compiler: the sizes that a dimension is compatible with. <see cref="Dynamic"/> is compatible with every size, and a
/// fixed size with itself and with <see cref="Dynamic"/>. A copy between two different fixed sizes does not compile.
/// </summary>
/// <typeparam name="TSize"><see cref="SizeOf{TDimension}"/> of the other dimension.</typeparam>
public interface ICanBe<in TSize>
    where TSize : AnySize;

/// <summary>For the compiler: the size of any dimension. It has no instances.</summary>
public abstract class AnySize
{
    private protected AnySize()
    {
    }
}

/// <summary>For the compiler: the size of one dimension, for use in constraints. It has no instances.</summary>
/// <typeparam name="TDimension">The dimension.</typeparam>
public sealed class SizeOf<TDimension> : AnySize
    where TDimension : struct, IDimension
{
    private SizeOf()
    {
    }
}
