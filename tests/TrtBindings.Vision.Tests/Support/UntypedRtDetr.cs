using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>An RT-DETR without a generated class, for engines that need the family's interface.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedRtDetr<TLabel>(UntypedModel model, RtDetrForm form) : DelegatingModel(model), IRtDetrModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public RtDetrForm Form => form;
}
