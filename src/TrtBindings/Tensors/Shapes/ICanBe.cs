namespace TrtBindings.Shapes;

/// <summary>
/// For the compiler: a dimension that can have a size at run time. <see cref="Dynamic"/> can have any, and a fixed one its
/// own or that of a <see cref="Dynamic"/> one. Two different fixed ones never meet, so that a copy between them does not compile.
/// </summary>
/// <typeparam name="TSize"><see cref="SizeOf{TDimension}"/> of the other dimension.</typeparam>
public interface ICanBe<in TSize>
    where TSize : AnySize;
