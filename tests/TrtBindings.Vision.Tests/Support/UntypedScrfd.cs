using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>An SCRFD model without a generated class, for engines that need the family's interface.</summary>
internal sealed class UntypedScrfd(UntypedModel model, ScrfdForm form) : DelegatingModel(model), IScrfdModel
{
    public ScrfdForm Form => form;
}
