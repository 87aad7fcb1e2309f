namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// Which head a YOLO model has, as far as sizes, labels and metadata tell it. Wrong heads give plausible boxes, so a head is
/// chosen only where no other is possible.
/// </summary>
/// <param name="Head">The head; <see langword="null"/> if none fits, or more than one.</param>
/// <param name="Problem">If there is none: the rest of a sentence that starts with the output.</param>
/// <param name="IsUnclear">Whether more than one fits.</param>
internal readonly record struct YoloHeadChoice(YoloHead? Head, string Problem, bool IsUnclear)
{
    /// <summary>A head that <c>TrtTask</c> names.</summary>
    public static YoloHeadChoice Named(YoloHead head) => new(head, "", false);

    /// <summary>Finds the head.</summary>
    /// <param name="model">What the file says.</param>
    /// <param name="labels">Number of class labels in the metadata; 0 if there are none.</param>
    /// <param name="others">Numbers that the task adds to a prediction.</param>
    /// <param name="isAsked">Whether <c>TrtTask</c> says that it is a YOLO.</param>
    /// <param name="isCertain">Whether that, the metadata's task or the outputs say so.</param>
    public static YoloHeadChoice Of(ModelDescription model, int labels, long others, bool isAsked, bool isCertain)
    {
        var (rows, columns) = (model.Outputs[0].Shape.Dimensions[1].Value, model.Outputs[0].Shape.Dimensions[2].Value);
        var grid = AnchorGrid.Of(model.Inputs[0]);
        var said = UltralyticsSays.EndToEnd(model);
        // Without labels nothing else says that a number of rows is no number of anchors.
        var isDense = rows >= 0 && (labels > 0 || (isCertain && !(columns >= 0 && rows > columns))) && Fits(YoloHead.Dense);
        var isEndToEnd = columns >= 0 && Fits(YoloHead.EndToEnd);

        if (isEndToEnd && said == true) return Named(YoloHead.EndToEnd);
        if (isDense && grid.Has(columns, 1)) return Named(YoloHead.Dense);
        var isUnsaid = UltralyticsSays.SelectsUnsaid(model);
        if (isEndToEnd && isUnsaid && !grid.Has(rows, 3)) return Named(YoloHead.EndToEnd);
        // Exports of a dynamic size may leave the length of a prediction open. The metadata says it then.
        if (labels > 0 && isCertain)
        {
            if (columns < 0 && (said == true || IsOpenVersion10())) return Named(YoloHead.EndToEnd);
            if (rows < 0 && (said == false || IsOpenAndUnsaid())) return Named(YoloHead.Dense);
        }

        if (isDense && !grid.Has(rows, 1) && !grid.Has(rows, 3) && (!isEndToEnd || UltralyticsSays.Dense(model)))
            return Named(YoloHead.Dense);
        if (columns >= 0 && grid.Has(rows, 3))
        {
            return Fits(YoloHead.V5) ? Named(YoloHead.V5)
                : No($"has three predictions for each cell of the input's grid, as YOLOv5's, but {Against(YoloHead.V5)}");
        }

        if (columns >= 0 && grid.Has(rows, 1)) return OfEachCell();
        if (isEndToEnd) return OfRows();
        if (rows >= 0 && Fits(YoloHead.Dense))
        {
            return grid.Has(columns, 1)
                ? Unclear("has a column for each cell of the input's grid, but no class names: TrtTask says whether it is "
                    + "YoloDetect, YoloPose or YoloObb")
                : No("may be anything: neither class names nor TrtTask say that it holds scores of classes");
        }

        return No($"{Against(YoloHead.Dense) ?? "must have a fixed number of rows"}"
            + $", or rows of {(others == 0 ? "6" : $"6 + {others}")} numbers");

        bool Fits(YoloHead head) => head.Problem(rows, columns, others, labels) is null;

        string? Against(YoloHead head) => head.Problem(rows, columns, others, labels);

        // YOLOv10's head has 300 rows. If not even they are known, only the description tells it from a dense one.
        bool IsOpenVersion10() => isUnsaid && others == 0 && !isDense
            && (rows == 300 || (rows < 0 && UltralyticsSays.Version10(model)));

        // Without a word the head is dense, unless it has the length of rows.
        bool IsOpenAndUnsaid() => said is null && (columns < 0 || grid.Has(columns, 1)) && UltralyticsSays.Exported(model);

        // A row for each cell: nothing has selected from them.
        YoloHeadChoice OfEachCell()
        {
            if (labels > 0 && Fits(YoloHead.Transposed)) return Named(YoloHead.Transposed);
            if (!Fits(YoloHead.V5) && !Fits(YoloHead.Transposed) && !isEndToEnd)
                return No(Against(YoloHead.Transposed) ?? "does not have the classes of the labels");
            var ways = new List<string>();
            if (Fits(YoloHead.Transposed)) ways.Add($"YoloTransposed ({columns - 4 - others} classes)");
            if (Fits(YoloHead.V5))
                ways.Add($"YoloX or, for YOLOv6 and others with an objectness, YoloV5 ({columns - 5 - others} classes)");
            if (isEndToEnd) ways.Add("YoloEndToEnd (corners, score and class, without suppression)");
            return Unclear("has a row for each cell of the input's grid, which several heads have: TrtTask says which it is, "
                + string.Join(", ", ways));
        }

        // Rows of a box, score and class, or of two classes, or of an objectness and one class.
        YoloHeadChoice OfRows()
        {
            var isSelected = rows >= 0 || grid.IsKnown;
            if (said == false)
            {
                return Unclear("has rows as of a box, score and class, but the metadata's end2end says that it is not: "
                    + "TrtTask says whether it is YoloEndToEnd, YoloTransposed, YoloV5 or RtDetr");
            }

            if (rows == 1 && !isAsked && !isCertain)
                return Unclear("may be one box with score and class: then TrtTask is YoloEndToEnd");
            var isYolo = isAsked || UltralyticsSays.Yolo(model);
            if (!isSelected && !UltralyticsSays.Yolo(model))
            {
                return Unclear("may have a row for each cell of a grid or for each object: TrtTask says whether it is "
                    + "YoloEndToEnd, YoloTransposed, YoloV5, YoloX or RtDetr");
            }

            // A data-dependent number of rows is that of a suppression, which RT-DETR does not have.
            if (others == 0 && labels is 0 or 2 && rows >= 0 && !isYolo)
            {
                return Unclear("has rows of a box, score and class, or of a box and two scores: TrtTask says whether it is "
                    + "YoloEndToEnd or RtDetr");
            }

            return Named(YoloHead.EndToEnd);
        }
    }

    private static YoloHeadChoice No(string problem) => new(null, problem, false);

    private static YoloHeadChoice Unclear(string problem) => new(null, problem, true);
}
