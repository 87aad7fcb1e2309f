namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// A word of <c>TrtTask</c> that names the head of a YOLO model, where shapes and metadata do not tell it. The family is that of
/// the outputs and the metadata: two outputs are segmentation, and one is detection unless the metadata's <c>task</c> says
/// otherwise.
/// </summary>
internal sealed class YoloHeadRule : FamilyRule
{
    private const string End = ", and for segmentation prototypes [N, masks, h, w]; class names in the metadata must be as "
        + "many as the classes";

    private readonly Func<ModelDescription, YoloHead> _head;

    private YoloHeadRule(string task, string rows, Func<ModelDescription, YoloHead> head)
        : base(task, "one float input [N, 3, H, W] or [N, 1, H, W] and float predictions " + rows + End) => _head = head;

    /// <summary>The heads, by name.</summary>
    public static readonly YoloHeadRule[] All =
    [
        new("YoloEndToEnd", "[N, boxes, 6 + others]", _ => YoloHead.EndToEnd),
        new("YoloTransposed", "[N, anchors, 4 + classes + others]", _ => YoloHead.Transposed),
        new("YoloV5", "[N, anchors, 5 + classes + others]", _ => YoloHead.V5),
        new("YoloX", "[N, anchors, 5 + classes]", HeadOfYoloX),
    ];

    public override FamilyMatch Match(ModelDescription model, int labels, bool isAsked)
    {
        var rule = model.Outputs.Count == 2 ? YoloRule.Seg : model.FindMetadata("task") switch
        {
            "pose" => YoloRule.Pose,
            "obb" => YoloRule.Obb,
            _ => YoloRule.Detect,
        };
        var head = _head(model);
        if (Task == "YoloX" && rule != YoloRule.Detect) return No("YOLOX has one output and finds boxes");
        var match = rule.Match(model, labels, isAsked: true, head);
        return match.Problem is null ? match : No(match.Problem);
    }

    /// <summary>YOLOX decodes widths and heights with an exponential, which nothing else in its graph needs.</summary>
    private static YoloHead HeadOfYoloX(ModelDescription model)
    {
        foreach (var one in model.Operators)
            if (one.Name == "Exp" && one.Domain.Length == 0) return YoloHead.XDecoded;
        return YoloHead.X;
    }
}
