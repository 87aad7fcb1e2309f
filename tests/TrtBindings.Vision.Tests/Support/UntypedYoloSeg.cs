using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A YOLO-seg model without a generated class, for engines that need the family's interface.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedYoloSeg<TLabel>(UntypedModel model, YoloForm form) : DelegatingModel(model), IYoloSegModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public YoloForm Form => form;

    public static UntypedYoloSeg<TLabel> Load(string path, YoloForm form = YoloForm.Dense) =>
        new(UntypedModel.Load(path), form);
}
