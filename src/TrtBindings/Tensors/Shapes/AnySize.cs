namespace TrtBindings.Shapes;

/// <summary>For the compiler: the size of any dimension. It has no instances.</summary>
public abstract class AnySize
{
    private protected AnySize()
    {
    }
}
