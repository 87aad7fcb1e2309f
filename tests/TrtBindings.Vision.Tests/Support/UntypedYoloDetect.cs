using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A YOLO detection model without a generated class, for engines that need the family's interface.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedYoloDetect<TLabel>(UntypedModel model, YoloForm form = YoloForm.Dense)
    : DelegatingModel(model), IYoloDetectModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public YoloForm Form => form;
}
