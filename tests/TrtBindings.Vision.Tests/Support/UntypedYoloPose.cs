using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A YOLO pose model of three points without a generated class, for engines that need the family's interface.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedYoloPose<TLabel>(UntypedModel model) : DelegatingModel(model), IYoloPoseModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public YoloForm Form => YoloForm.Dense;

    public int KeyPointCount => 3;

    public int KeyPointValues => 3;
}
