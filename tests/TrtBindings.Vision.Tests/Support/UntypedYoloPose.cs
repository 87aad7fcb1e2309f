using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A YOLO pose model without a generated class, for engines that need the family's interface.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedYoloPose<TLabel>(
    UntypedModel model, YoloForm form = YoloForm.Dense, int keyPointCount = 3, int keyPointValues = 3)
    : DelegatingModel(model), IYoloPoseModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public YoloForm Form => form;

    public int KeyPointCount => keyPointCount;

    public int KeyPointValues => keyPointValues;
}
