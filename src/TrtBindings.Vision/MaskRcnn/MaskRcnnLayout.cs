namespace TrtBindings.Vision.MaskRcnn;

/// <summary>A Mask R-CNN whose tensors <see cref="MaskRcnnRule"/> has checked, and the sizes that it runs at.</summary>
internal sealed class MaskRcnnLayout
{
    /// <summary>Side that memory is allocated for at first if the image's own size decides.</summary>
    private const int Start = 32;

    private MaskRcnnLayout(IRunnableModel model, MaskRcnnForm form, MaskRcnnRoles roles, ImageInput input)
    {
        (Model, Form, Roles, Input) = (model, form, roles, input);
        // If the labels leave the background out, they begin with the model's class 1.
        var labels = model.Signature.Labels;
        Labels = new(model.Signature, form is MaskRcnnForm.Detectron2 or MaskRcnnForm.NvidiaSample
            || labels.Count == 0 || IsBackground(labels[0]) ? 0 : 1);
    }

    /// <summary>The model.</summary>
    public IRunnableModel Model { get; }

    /// <summary>Which output holds what.</summary>
    public MaskRcnnRoles Roles { get; }

    /// <summary>The model's labels.</summary>
    public ClassLabels Labels { get; }

    /// <summary>The exporter's conventions.</summary>
    public MaskRcnnForm Form { get; }

    /// <summary>The model's input.</summary>
    public ImageInput Input { get; }

    /// <summary>Whether the model always runs at the size of <see cref="Input"/>.</summary>
    public bool IsCanvas { get; private init; }

    /// <summary>Length of a resized image's shorter side.</summary>
    public int ShorterSide { get; private init; }

    /// <summary>Greatest length of a resized image's longer side.</summary>
    public int LongerSide { get; private init; }

    /// <summary>Checks a model.</summary>
    /// <exception cref="TensorException">A tensor is not the family's, or an option contradicts the model.</exception>
    public static MaskRcnnLayout Of(IRunnableModel model, MaskRcnnForm form, MaskRcnnOptions options)
    {
        var signature = model.Signature;
        var roles = MaskRcnnRoles.All.Single(one => one.Form == form.ToString());
        ModelError.ThrowIf(model, MaskRcnnRule.Instance, MaskRcnnRule.Problem(signature.Inputs, signature.Outputs, roles));
        CheckSides(signature.File, form, options);
        var input = ImageInput.Of(
            model, options, form == MaskRcnnForm.NvidiaSample ? 1344 : Start, oneImageReason: roles.IsBatched ? null
                : $"'{signature.File}' takes one image at a time: its outputs list the instances of one image.");
        if (form != MaskRcnnForm.Torchvision && input.IsWidthOpen != input.IsHeightOpen && options.InputWidth is null)
        {
            throw new TensorException(signature.Inputs[0].Name, $"'{signature.Inputs[0]}' has one fixed and one dynamic side; "
                + "set both with InputWidth and InputHeight.");
        }

        return new(model, form, roles, input)
        {
            IsCanvas = !input.IsWidthOpen || options.InputWidth is not null || form == MaskRcnnForm.NvidiaSample,
            ShorterSide = options.ShorterSide ?? 800,
            LongerSide = options.LongerSide ?? (form == MaskRcnnForm.OnnxZoo ? int.MaxValue : 1333),
        };
    }

    /// <summary>Checks the size of an image for a model that resizes it in the graph.</summary>
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
        throw new TensorException(Model.Signature.Inputs[0].Name, $"The picture is {width} x {height} (width x height), but "
            + $"'{Model.Signature.File}' {(isChosen ? "is to be run at" : "was exported for")} {columns} x {rows} "
            + "and resizes inside. "
            + (isChosen
                ? "Resize the picture, or leave InputWidth and InputHeight out."
                : "Resize the picture, or export the model with open height and width."));
    }

    private static void CheckSides(string model, MaskRcnnForm form, MaskRcnnOptions options)
    {
        if (form is not (MaskRcnnForm.Torchvision or MaskRcnnForm.FixedSlots)
            || (options.ShorterSide is null && options.LongerSide is null)) return;
        throw new TensorException(model, $"ShorterSide and LongerSide have no effect on '{model}': "
            + (form == MaskRcnnForm.Torchvision
                ? "its graph resizes the picture itself, to what it was exported with."
                : "pictures are resized to fit its input.") + " Leave them out.");
    }

    private static bool IsBackground(string label) => label.Trim('_', ' ').ToUpperInvariant() is "BACKGROUND" or "BG";
}
