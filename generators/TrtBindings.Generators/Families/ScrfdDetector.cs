using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Families;

/// <summary>
/// Recognizes SCRFD face detectors by the number, order and last dimension of their outputs; names differ between exports
/// and say nothing.
/// </summary>
internal static class ScrfdDetector
{
    private const string Shapes =
        "one float input [N, 3, H, W] and 6, 9, 10 or 15 float outputs, for each stride from the smallest up: first all "
        + "scores [N, rows, 1], then all boxes [N, rows, 4], then all key points [N, rows, 10] if there are any; outputs may "
        + "be without N if the model takes one image";

    public static FamilyDetector Family { get; } = new(ItemWords.Scrfd, Shapes, (model, _, _) => FormOf(model) is not { } form
        ? null
        : new(ItemWords.Scrfd, "IScrfdModel", new([FamilyMember.Enum("ScrfdForm", "Form", form)])) { HasLabels = false });

    private static string? FormOf(ModelDescription model)
    {
        if (model.Inputs.Count != 1 || !FamilyShapes.IsFloat(model.Inputs[0], 4)) return null;
        var image = model.Inputs[0].Shape;
        if (!FamilyShapes.IsOneOf(image.Dimensions[1], 3)) return null;
        var form = model.Outputs.Count switch
        {
            6 => "ThreeStrides",
            9 => "ThreeStridesKeyPoints",
            10 => "FiveStrides",
            15 => "FiveStridesKeyPoints",
            _ => null,
        };
        if (form is null) return null;
        var strides = form.StartsWith("Three", StringComparison.Ordinal) ? 3 : 5;
        var rank = model.Outputs[0].Shape.Rank;
        // Rows of several images would come out mixed.
        if (rank == 2 && image.Dimensions[0] is { IsFixed: true, Value: not 1 }) return null;
        for (var i = 0; i < model.Outputs.Count; i++)
            if (!IsOutput(model.Outputs[i], rank, i / strides, i % strides, strides, image)) return null;
        return form;
    }

    private static bool IsOutput(
        TensorDescription output, int rank, int group, int level, int strides, SymbolicShape image)
    {
        if (rank is not (2 or 3) || !FamilyShapes.IsFloat(output, rank)) return false;
        var (rows, values) = (output.Shape.Dimensions[rank - 2], output.Shape.Dimensions[rank - 1]);
        if (!FamilyShapes.IsOneOf(values, group switch { 0 => 1, 1 => 4, _ => 10 })) return false;
        var (height, width) = (image.Dimensions[2], image.Dimensions[3]);
        // A size that is open makes the rows open, whatever the export says of them.
        if (!rows.IsFixed || !height.IsFixed || !width.IsFixed) return true;
        var stride = 8L << level;
        var anchors = strides == 3 ? 2 : 1;
        return rows.Value == anchors * Cells(height.Value, stride) * Cells(width.Value, stride);
    }

    private static long Cells(long side, long stride) => side > 1 << 20 ? -1 : (side + stride - 1) / stride;
}
