namespace TrtBindings.Shapes;

/// <summary>
/// For the compiler: the sizes that a dimension is compatible with. <see cref="Dynamic"/> is compatible with every size, and a
/// fixed size with itself and with <see cref="Dynamic"/>. A copy between two different fixed sizes does not compile.
/// </summary>
/// <typeparam name="TSize"><see cref="SizeOf{TDimension}"/> of the other dimension.</typeparam>
public interface ICanBe<in TSize>
    where TSize : AnySize;
