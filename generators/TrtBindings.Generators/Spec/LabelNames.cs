using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>Makes enum members of class labels.</summary>
internal static class LabelNames
{
    public static string[] Of(IReadOnlyList<string> labels)
    {
        // The enum's own field has this name.
        var scope = new NameScope("value__");
        var result = new string[labels.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = scope.Take(Identifiers.Pascal(labels[i], "_", Numbered(i)));
        return result;
    }

    /// <summary>Members for classes without names.</summary>
    public static string[] OfCount(int count) => [.. Enumerable.Range(0, count).Select(Numbered)];

    private static string Numbered(int index) => "Class" + Literals.Number(index);
}
