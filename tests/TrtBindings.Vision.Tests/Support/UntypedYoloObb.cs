using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A YOLO model of oriented boxes without a generated class, for engines that need the family's interface.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedYoloObb<TLabel>(UntypedModel model, YoloForm form = YoloForm.Dense)
    : DelegatingModel(model), IYoloObbModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public YoloForm Form => form;
}
