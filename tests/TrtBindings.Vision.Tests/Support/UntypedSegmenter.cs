using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A segmentation file that no class was generated for, seen as one.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedSegmenter<TLabel>(
    UntypedModel model, SemanticSegmentationForm form = SemanticSegmentationForm.Logits)
    : DelegatingModel(model), ISemanticSegmentationModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public SemanticSegmentationForm Form => form;
}
