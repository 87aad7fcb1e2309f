namespace TrtBindings.Shapes;

/// <summary>For the compiler: the size of any dimension. There are no objects of it.</summary>
public abstract class AnySize
{
    private protected AnySize()
    {
    }
}
