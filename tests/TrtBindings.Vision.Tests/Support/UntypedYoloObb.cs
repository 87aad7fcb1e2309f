using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>A YOLO oriented detection file that no class was generated for, seen as one.</summary>
/// <typeparam name="TLabel">Enum of its labels.</typeparam>
internal sealed class UntypedYoloObb<TLabel>(UntypedModel model) : DelegatingModel(model), IYoloObbModel<TLabel>
    where TLabel : unmanaged, Enum
{
    public YoloForm Form => YoloForm.Dense;
}
