using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision.MaskRcnn;

/// <summary>The input and the sizes of a Mask R-CNN, checked against what it declares.</summary>
internal sealed class MaskRcnnLayout
{
    /// <summary>Side that memory is first taken for where a picture's own size decides.</summary>
    private const int Start = 32;

    private readonly ModelSignature _signature;
    private readonly int _firstClass;

    private MaskRcnnLayout(ModelSignature signature, MaskRcnnForm form, ImageInput input)
    {
        _signature = signature;
        Form = form;
        Input = input;
        // Labels that leave the background out begin one later than the model's numbers.
        _firstClass = form is MaskRcnnForm.Detectron2 or MaskRcnnForm.NvidiaSample
            || signature.Labels.Count == 0 || IsBackground(signature.Labels[0]) ? 0 : 1;
    }

    /// <summary>What the model takes and gives.</summary>
    public MaskRcnnForm Form { get; }

    /// <summary>The input's sizes.</summary>
    public ImageInput Input { get; }

    /// <summary>Whether the model runs at one size, whatever the picture's.</summary>
    public bool IsCanvas { get; private init; }

    /// <summary>Pixels of a resized picture's shorter side.</summary>
    public int ShorterSide { get; private init; }

    /// <summary>Pixels of a resized picture's longer side at most.</summary>
    public int LongerSide { get; private init; }

    /// <summary>Works out the sizes.</summary>
    /// <exception cref="TensorException">The input is not the family's, or an option contradicts the model.</exception>
    public static MaskRcnnLayout Of(
        ModelSignature signature, ModelDescription file, MaskRcnnForm form, MaskRcnnOptions options)
    {
        var count = form is MaskRcnnForm.Torchvision or MaskRcnnForm.OnnxZoo ? 4 : 5;
        if (signature.Outputs.Count != count)
        {
            throw new TensorException(signature.File, $"'{signature.File}' has {signature.Outputs.Count} outputs; a Mask R-CNN "
                + $"of the form {form} has {count}.");
        }

        CheckOptions(signature, form, options);
        var input = ImageInput.Of(signature, file, new("Mask R-CNN", nameof(MaskRcnnOptions))
        {
            MaxBatch = options.MaxBatch,
            Width = options.InputWidth,
            Height = options.InputHeight,
            DefaultWidth = form == MaskRcnnForm.NvidiaSample ? 1344 : Start,
            DefaultHeight = form == MaskRcnnForm.NvidiaSample ? 1344 : Start,
            TakesSingle = form is not (MaskRcnnForm.NvidiaSample or MaskRcnnForm.FixedSlots),
        });
        if (form != MaskRcnnForm.Torchvision && input.IsWidthOpen != input.IsHeightOpen && options.InputWidth is null)
        {
            throw new TensorException(signature.Inputs[0].Name, $"'{signature.Inputs[0]}' fixes one side and leaves the other "
                + "open; say which with InputWidth and InputHeight.");
        }

        return new(signature, form, input)
        {
            IsCanvas = !input.IsWidthOpen || options.InputWidth is not null || form == MaskRcnnForm.NvidiaSample,
            ShorterSide = options.ShorterSide ?? 800,
            LongerSide = options.LongerSide ?? (form == MaskRcnnForm.OnnxZoo ? int.MaxValue : 1333),
        };
    }

    /// <summary>Refuses a picture of a size that a model which takes pictures as they are does not allow.</summary>
    /// <exception cref="TensorException">Names both sizes.</exception>
    public void CheckPicture(int width, int height)
    {
        var isChosen = IsCanvas && Input.IsWidthOpen;
        var rightWidth = (Input.IsWidthOpen && !isChosen) || width == Input.Width;
        var rightHeight = (Input.IsHeightOpen && !isChosen) || height == Input.Height;
        if (rightWidth && rightHeight) return;
        var (columns, rows) = (
            Input.IsWidthOpen && !isChosen ? "any width" : $"{Input.Width}",
            Input.IsHeightOpen && !isChosen ? "any height" : $"{Input.Height}");
        throw new TensorException(_signature.Inputs[0].Name, $"The picture is {width} x {height} (width x height), but "
            + $"'{_signature.File}' {(isChosen ? "is to be run at" : "was exported for")} {columns} x {rows} and resizes inside. "
            + (isChosen
                ? "Resize the picture, or leave InputWidth and InputHeight out."
                : "Resize the picture, or export the model with open height and width."));
    }

    /// <summary>The index of a class among the labels.</summary>
    /// <exception cref="TensorException">The model has no such label.</exception>
    public int LabelOf(long classIndex)
    {
        var label = classIndex - _firstClass;
        if (label >= 0 && (_signature.Labels.Count == 0 || label < _signature.Labels.Count)) return (int)label;
        throw new TensorException(_signature.File,
            $"'{_signature.File}' names class {classIndex}, but has labels for {_firstClass} to "
            + $"{_firstClass + _signature.Labels.Count - 1}.");
    }

    private static void CheckOptions(ModelSignature signature, MaskRcnnForm form, MaskRcnnOptions options)
    {
        if (form != MaskRcnnForm.NvidiaSample && options.MaxBatch > 1)
        {
            throw new TensorException("batch", $"MaxBatch is {options.MaxBatch}, but '{signature.File}' takes one image at a "
                + "time: its outputs list the instances of one image.");
        }

        if (form is not (MaskRcnnForm.Torchvision or MaskRcnnForm.FixedSlots)
            || (options.ShorterSide is null && options.LongerSide is null)) return;
        throw new TensorException(signature.File, $"ShorterSide and LongerSide say nothing to '{signature.File}': "
            + (form == MaskRcnnForm.Torchvision
                ? "its graph resizes the picture itself, to what it was exported with."
                : "pictures are resized to fit its input.") + " Leave them out.");
    }

    private static bool IsBackground(string label) => label.Trim('_', ' ').ToUpperInvariant() is "BACKGROUND" or "BG";
}
