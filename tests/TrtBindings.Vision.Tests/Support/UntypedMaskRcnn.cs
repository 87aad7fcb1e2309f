using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A Mask R-CNN model without a generated class, for engines that need the family's interface.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedMaskRcnn<TLabel>(UntypedModel model, MaskRcnnForm form)
    : DelegatingModel(model), IMaskRcnnModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public MaskRcnnForm Form => form;
}
