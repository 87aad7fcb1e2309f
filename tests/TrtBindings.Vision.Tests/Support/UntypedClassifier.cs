using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A classification model without a generated class, for engines that need the family's interface.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedClassifier<TLabel>(
    UntypedModel model, ClassificationForm form = ClassificationForm.ChannelsFirst)
    : DelegatingModel(model), IClassificationModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public ClassificationForm Form => form;
}
