namespace TrtBindings.Vision.Scrfd;

/// <summary>An SCRFD model whose tensors <see cref="ScrfdRule"/> has checked. Reads its outputs.</summary>
internal sealed class ScrfdLayout
{
    private ScrfdLayout(IRunnableModel model, ScrfdGrid grid, bool isBatched, ImageInput input)
    {
        (Model, Grid, Input) = (model, grid, input);
        IsBatched = isBatched;
    }

    /// <summary>The model.</summary>
    public IRunnableModel Model { get; }

    /// <summary>Whether outputs have a batch dimension.</summary>
    public bool IsBatched { get; }

    /// <summary>Its strides and outputs.</summary>
    public ScrfdGrid Grid { get; }

    /// <summary>The model's input.</summary>
    public ImageInput Input { get; }

    /// <summary>Checks a model.</summary>
    /// <exception cref="TensorException">A tensor is not the family's, or an option contradicts the model.</exception>
    public static ScrfdLayout Of(IRunnableModel model, ScrfdForm form, ScrfdOptions options)
    {
        var signature = model.Signature;
        var grid = ScrfdGrid.All.Single(one => one.Form == form.ToString());
        ModelError.ThrowIf(model, ScrfdRule.Instance, ScrfdRule.Problem(signature.Inputs, signature.Outputs, grid));
        var isBatched = signature.Outputs[0].Shape.Rank == 3;
        return new(model, grid, isBatched, ImageInput.Of(model, options, oneImageReason: isBatched ? null
            : $"'{signature.File}' takes one image at a time: its outputs, such as '{signature.Outputs[0]}', have no batch "
            + "dimension, so the rows of several images would come out mixed. Export it with outputs [batch, rows, values]."));
    }

    /// <summary>One output of a level for one image.</summary>
    /// <param name="runner">The runner, after the run.</param>
    /// <param name="group">0 for scores, 1 for boxes, 2 for key points.</param>
    /// <param name="level">The stride's number.</param>
    /// <param name="item">The image.</param>
    /// <exception cref="TensorException">The backend returned a shape that the family does not have.</exception>
    public ReadOnlySpan<float> Read(ImageRunner runner, int group, int level, int item)
    {
        var index = (group * Grid.Levels) + level;
        var output = runner.Outputs[index];
        var lengths = output.Lengths;
        var (rows, values) = ((int)Grid.RowsOf(level, Input.Height, Input.Width), ScrfdGrid.ValuesOf(group));
        var isRight = IsBatched
            ? lengths.Length == 3 && lengths[0] == runner.Batch && lengths[1] == rows && lengths[2] == values
            : lengths.Length == 2 && lengths[0] == rows && lengths[1] == values;
        if (isRight) return runner.FloatsOf(index).Slice(item * rows * values, rows * values);
        throw ModelError.Unexpected(output, runner.Batch, Wanted(Grid, level, values, Input.Width, Input.Height));
    }

    /// <summary>The end of a sentence that says how an output must be.</summary>
    public static string Wanted(ScrfdGrid grid, int level, int values, int inputWidth, int inputHeight) =>
        $"must have {grid.RowsOf(level, inputHeight, inputWidth)} rows of {values} for stride {ScrfdGrid.StrideOf(level)} of an "
        + $"input of {inputWidth} x {inputHeight}. The sides must suit the model; "
        + $"multiples of {ScrfdGrid.StrideOf(grid.Levels - 1)} suit every export";
}
