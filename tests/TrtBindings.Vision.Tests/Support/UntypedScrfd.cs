using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>An SCRFD file that no class was generated for, seen as one.</summary>
internal sealed class UntypedScrfd(UntypedModel model, ScrfdForm form) : DelegatingModel(model), IScrfdModel
{
    public ScrfdForm Form => form;
}
