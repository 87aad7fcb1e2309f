namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// SCRFD face detectors. They are recognized by the number, order and last dimension of their outputs; the names differ between
/// exports.
/// </summary>
internal sealed class ScrfdRule : FamilyRule
{
    public const string Wanted = "one float input [N, 3, H, W] and 6, 9, 10 or 15 float outputs: first all scores [N, rows, 1], "
        + "then all boxes [N, rows, 4], then all key points [N, rows, 10] if there are any, each from the smallest stride to the "
        + "largest; the outputs may lack N if the model takes one image";

    private ScrfdRule()
        : base("Scrfd", Wanted)
    {
    }

    public static ScrfdRule Instance { get; } = new();

    public override bool HasLabels => false;

    public override FamilyMatch Match(ModelDescription model, int labels, bool isAsked)
    {
        if (Array.Find(ScrfdGrid.All, one => one.Outputs == model.Outputs.Count) is not { } grid)
            return No($"the model has {model.Outputs.Count} outputs, not 6, 9, 10 or 15");
        return Problem(model.Inputs, model.Outputs, grid) is { } problem ? No(problem) : Yes(grid.Form, null);
    }

    /// <summary>Why tensors have not the form; <see langword="null"/> if they have.</summary>
    public static string? Problem(
        EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs, ScrfdGrid grid)
    {
        var problem = TensorRules.TakesImage(inputs) ?? TensorRules.Count(outputs, "output", grid.Outputs);
        if (problem is not null) return problem;
        var (batch, height, width) = (
            inputs[0].Shape.Dimensions[0], inputs[0].Shape.Dimensions[2], inputs[0].Shape.Dimensions[3]);
        var rank = outputs[0].Shape.Rank == 2 ? 2 : 3;
        if (rank == 2 && batch is { IsFixed: true, Value: not 1 })
            return $"'{outputs[0]}' has no batch dimension, so the rows of {batch.Value} images would come out mixed";
        for (var i = 0; i < outputs.Count; i++)
        {
            var (output, values) = (outputs[i], ScrfdGrid.ValuesOf(i / grid.Levels));
            if (!TensorRules.IsFloat(output, rank) || !TensorRules.IsSize(output, rank - 1, values))
                return $"'{output}' must be float [{(rank == 3 ? "batch, " : "")}rows, {values}]";
            // Exports of a dynamic size may state the rows of the size that they were traced with.
            var rows = output.Shape.Dimensions[rank - 2];
            if (!rows.IsFixed || !height.IsFixed || !width.IsFixed) continue;
            var wanted = grid.RowsOf(i % grid.Levels, height.Value, width.Value);
            if (rows.Value != wanted) return $"'{output}' must have {wanted} rows";
        }

        return null;
    }

    /// <summary>
    /// Whether several images in a batch would come out mixed: SCRFD exports with a dynamic batch whose outputs have no batch
    /// dimension write the rows of all images by turns, and nothing else in the file says so.
    /// </summary>
    public static bool IsInterleaved(EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs) =>
        outputs.Count >= 6 && outputs[0].Shape.Rank == 2
        && Array.Find(ScrfdGrid.All, one => one.Outputs == outputs.Count) is { } grid && Problem(inputs, outputs, grid) is null
        && !inputs[0].Shape.Dimensions[0].IsFixed;
}
