using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Families;

/// <summary>
/// Recognizes models that give one number a class for a whole picture. A model that gives a picture's embedding, its age or its
/// landmarks has the same shapes: a model is of this family only where labels, Ultralytics' task, a softmax at the end or the
/// item say so.
/// </summary>
internal static class ClassificationDetector
{
    private const string Shapes =
        "one float input [N, 3, H, W], [N, 1, H, W] or with the channels last, and one float output [N, classes], further "
        + "dimensions being 1; class names in the metadata must be as many as the classes";

    /// <summary>Operators that make of numbers shares of classes which exclude each other.</summary>
    private static readonly string[] Softmaxes = ["Softmax", "LogSoftmax"];

    public static FamilyDetector Family { get; } = new(ItemWords.Classification, Shapes, Detect);

    private static ModelFamily? Detect(ModelDescription model, int labelCount, bool isAsked)
    {
        if (model.Inputs.Count != 1 || model.Outputs.Count != 1) return null;
        var (input, output) = (model.Inputs[0], model.Outputs[0]);
        if (!FamilyShapes.IsFloat(input, 4) || output.Shape.Rank is < 2 or > 4) return null;
        if (!FamilyShapes.IsFloat(output, output.Shape.Rank) || FormOf(input.Shape) is not { } form) return null;
        // Of a model that is said to classify, an open size may be the batch by any name.
        var isTold = isAsked || labelCount > 0 || FamilyShapes.TaskOf(model) == "classify";
        if (!isTold && !Softmaxes.Contains(model.OutputOperators[0])) return null;
        if (!FamilyShapes.SharesBatch(input, output, isTold)) return null;
        if (ClassesOf(output.Shape) is not { } classes || (labelCount > 0 && labelCount != classes)) return null;
        return new(ItemWords.Classification, "IClassificationModel", new([FamilyMember.Enum("ClassificationForm", "Form", form)]))
        {
            ClassCount = classes,
        };
    }

    private static string? FormOf(SymbolicShape input) =>
        FamilyShapes.IsOneOf(input.Dimensions[1], 1, 3) ? "ChannelsFirst"
        : FamilyShapes.IsOneOf(input.Dimensions[3], 1, 3) ? "ChannelsLast"
        : null;

    /// <summary>The one dimension behind the batch that is not 1.</summary>
    private static int? ClassesOf(SymbolicShape output)
    {
        var classes = 1L;
        for (var axis = 1; axis < output.Rank; axis++)
        {
            var size = output.Dimensions[axis];
            if (!size.IsFixed || (size.Value != 1 && classes != 1)) return null;
            classes *= size.Value;
        }

        return classes is > 1 and <= FamilyShapes.MaxClasses ? (int)classes : null;
    }
}
