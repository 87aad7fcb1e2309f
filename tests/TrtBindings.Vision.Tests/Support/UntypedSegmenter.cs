using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A segmentation model without a generated class, for engines that need the family's interface.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedSegmenter<TLabel>(
    UntypedModel model, SemanticSegmentationForm form = SemanticSegmentationForm.Logits)
    : DelegatingModel(model), ISemanticSegmentationModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public SemanticSegmentationForm Form => form;
}
