using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision.Scrfd;

/// <summary>The shapes of an SCRFD model, checked against what it declares and against what the backend reports.</summary>
internal sealed class ScrfdLayout
{
    private ScrfdLayout(ScrfdForm form, bool isBatched, ImageInput input)
    {
        Levels = form is ScrfdForm.ThreeStrides or ScrfdForm.ThreeStridesKeyPoints ? 3 : 5;
        AnchorsPerCell = Levels == 3 ? 2 : 1;
        HasKeyPoints = form is ScrfdForm.ThreeStridesKeyPoints or ScrfdForm.FiveStridesKeyPoints;
        IsBatched = isBatched;
        Input = input;
    }

    /// <summary>How many strides there are.</summary>
    public int Levels { get; }

    /// <summary>Anchors that one cell of a grid has.</summary>
    public int AnchorsPerCell { get; }

    /// <summary>Whether faces have key points.</summary>
    public bool HasKeyPoints { get; }

    /// <summary>Whether outputs have a batch dimension; if not, the model takes one image at a time.</summary>
    public bool IsBatched { get; }

    /// <summary>The input's sizes.</summary>
    public ImageInput Input { get; }

    /// <summary>Pixels of the input from one cell of a level to the next.</summary>
    public static int StrideOf(int level) => 8 << level;

    /// <summary>Works out the sizes.</summary>
    /// <exception cref="TensorException">A tensor is not the family's, or an option contradicts it.</exception>
    public static ScrfdLayout Of(ModelSignature signature, ModelDescription file, ScrfdForm form, ScrfdOptions options)
    {
        var input = ImageInput.Of(signature, file, new("SCRFD", nameof(ScrfdOptions))
        {
            MaxBatch = options.MaxBatch,
            Width = options.InputWidth,
            Height = options.InputHeight,
        });
        var layout = new ScrfdLayout(form, signature.Outputs[0].Shape.Rank == 3, input);
        var count = layout.Levels * (layout.HasKeyPoints ? 3 : 2);
        if (signature.Outputs.Count != count)
        {
            throw new TensorException(signature.File,
                $"'{signature.File}' has {signature.Outputs.Count} outputs; an SCRFD model of the form {form} has {count}.");
        }

        for (var i = 0; i < count; i++) layout.Check(signature.Outputs[i], i);
        if (!layout.IsBatched && input.MaxBatch > 1) throw OneAtATime(signature);
        return layout;
    }

    /// <summary>Why a call takes one image only.</summary>
    public static TensorException OneAtATime(ModelSignature signature) => new("batch",
        $"'{signature.File}' takes one image at a time: its outputs, such as '{signature.Outputs[0]}', have no batch dimension, "
        + "and rows of several images would come out mixed. Export it with outputs [batch, rows, values] for more.");

    /// <summary>One output of a level for one image of a batch, its shape checked.</summary>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="group">0 for scores, 1 for boxes, 2 for key points.</param>
    /// <param name="level">Number of the stride.</param>
    /// <param name="batch">Images of the run.</param>
    /// <param name="item">The image.</param>
    /// <exception cref="TensorException">The backend reported a shape that this family does not have.</exception>
    public ReadOnlySpan<float> Read(IReadOnlyList<TensorBuffer> outputs, int group, int level, int batch, int item)
    {
        var output = (OutputTensor<float>)outputs[(group * Levels) + level];
        var lengths = output.Lengths;
        var stride = StrideOf(level);
        var rows = AnchorsPerCell * Cells(Input.Width, stride) * Cells(Input.Height, stride);
        var values = ValuesOf(group);
        var isRight = IsBatched
            ? lengths.Length == 3 && lengths[0] == batch && lengths[1] == rows && lengths[2] == values
            : lengths.Length == 2 && lengths[0] == rows && lengths[1] == values;
        if (!isRight)
        {
            throw new TensorException(output.Name, $"'{output.Name}' came back as [{string.Join(", ", lengths.ToArray())}] for "
                + $"an input of {Input.Width} x {Input.Height}, where stride {stride} has {rows} rows of {values}. The sides "
                + $"must suit the model; multiples of {StrideOf(Levels - 1)} suit every export.");
        }

        return output.Span.Slice(item * rows * values, rows * values);
    }

    /// <summary>Cells along a side: a part of one counts.</summary>
    public static int Cells(int side, int stride) => (side + stride - 1) / stride;

    private static int ValuesOf(int group) => group switch { 0 => 1, 1 => 4, _ => 2 * FaceKeyPoints.Count };

    private void Check(TensorDescription output, int index)
    {
        var (rank, values) = (IsBatched ? 3 : 2, ValuesOf(index / Levels));
        var declared = output.Shape;
        if (output.Kind == ValueKind.Tensor && output.ElementType == ElementType.Float && declared.Rank == rank
            && (!declared.Dimensions[rank - 1].IsFixed || declared.Dimensions[rank - 1].Value == values)) return;
        throw new TensorException(output.Name, $"'{output}' must be float [{(IsBatched ? "batch, " : "")}rows, {values}]. "
            + "This is not the SCRFD layout that the model class declares.");
    }
}
