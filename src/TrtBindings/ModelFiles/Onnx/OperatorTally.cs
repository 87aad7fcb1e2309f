namespace TrtBindings.ModelFiles.Onnx;

/// <summary>An operator and how often it was met so far.</summary>
internal sealed class OperatorTally(string domain, string name)
{
    public string Domain { get; } = domain;
    public string Name { get; } = name;
    public int Count { get; set; } = 1;

    /// <summary>Orders by domain and name.</summary>
    public static int Compare(OperatorTally left, OperatorTally right)
    {
        var byDomain = string.CompareOrdinal(left.Domain, right.Domain);
        return byDomain != 0 ? byDomain : string.CompareOrdinal(left.Name, right.Name);
    }
}
