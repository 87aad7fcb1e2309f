using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A YOLO detection file that no class was generated for, seen as one.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedYoloDetect<TLabel>(UntypedModel model, YoloForm form = YoloForm.Dense)
    : DelegatingModel(model), IYoloDetectModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public YoloForm Form => form;
}
