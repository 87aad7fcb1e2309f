namespace TrtBindings.ModelFiles.Families;

/// <summary>How the first output of a YOLO model holds its predictions.</summary>
/// <param name="Form">Member of <c>YoloForm</c>.</param>
/// <param name="Fixed">Numbers of a prediction that are neither scores of classes nor what the task adds.</param>
/// <param name="HasRows">Whether a prediction is a row, and not a column.</param>
/// <param name="HasScores">Whether a prediction has a score for each class, and not one score and a class.</param>
internal sealed record YoloHead(string Form, int Fixed, bool HasRows, bool HasScores)
{
    public static readonly YoloHead Dense = new("Dense", 4, HasRows: false, HasScores: true);
    public static readonly YoloHead EndToEnd = new("EndToEnd", 6, HasRows: true, HasScores: false);
    public static readonly YoloHead Transposed = new("Transposed", 4, HasRows: true, HasScores: true);
    public static readonly YoloHead V5 = new("YoloV5", 5, HasRows: true, HasScores: true);
    public static readonly YoloHead X = new("YoloX", 5, HasRows: true, HasScores: true);
    public static readonly YoloHead XDecoded = new("YoloXDecoded", 5, HasRows: true, HasScores: true);

    private static readonly YoloHead[] All = [Dense, EndToEnd, Transposed, V5, X, XDecoded];

    /// <summary>The head with the name of a form.</summary>
    public static YoloHead Of(string form) => Array.Find(All, head => head.Form == form)!;

    /// <summary>Number of classes by the size of the output; <see langword="null"/> if it does not say it.</summary>
    public long? ClassesOf(long rows, long columns, long others) => HasScores
        ? (HasRows ? columns : rows) - Fixed - others : null;

    /// <summary>Why an output of this size has not the form; <see langword="null"/> if it has.</summary>
    /// <param name="rows">Second dimension; -1 if it is not known yet.</param>
    /// <param name="columns">Third dimension; -1 if it is not known yet.</param>
    /// <param name="others">Numbers that the task adds to a prediction.</param>
    /// <param name="labels">Number of class labels; 0 if there are none.</param>
    public string? Problem(long rows, long columns, long others, int labels)
    {
        var length = HasRows ? columns : rows;
        if (length < 0) return null;
        if (!HasScores) return length == Fixed + others ? null : $"must have rows of {Sum(Fixed, others)} numbers";
        var classes = length - Fixed - others;
        var parts = HasRows ? "columns" : "rows";
        if (classes is < 1 or > TensorRules.MaxClasses)
            return $"must have {Fixed} + classes{(others > 0 ? $" + {others}" : "")} {parts}";
        return labels > 0 && classes != labels ? $"has {parts} for {classes} classes, but the model has {labels} labels" : null;
    }

    private static string Sum(long numbers, long others) => others == 0 ? $"{numbers}" : $"{numbers} + {others}";
}
