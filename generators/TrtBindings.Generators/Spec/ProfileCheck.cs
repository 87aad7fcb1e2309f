using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>Resolves the dimensions in <c>TrtProfile</c> and checks their ranges.</summary>
internal sealed class ProfileCheck(string path, ModelDescription model, EquatableArray<DimensionSpec> dimensions)
{
    private readonly List<DiagnosticInfo> _diagnostics = [];

    public IReadOnlyList<DiagnosticInfo> Diagnostics => _diagnostics;

    /// <summary>Parses and checks the profiles; empty if one of them is wrong.</summary>
    public ProfileSpec[] Profiles(string text)
    {
        if (text.Length == 0) return [];
        try
        {
            var profiles = ProfileParser.Parse(text).Select(Profile).ToArray();
            return _diagnostics.Count == 0 ? profiles : [];
        }
        catch (ItemTextException e)
        {
            _diagnostics.Add(ItemDiagnostics.Malformed(path, "TrtProfile", text, e));
            return [];
        }
    }

    private ProfileSpec Profile(IReadOnlyList<ProfileEntry> entries)
    {
        var ranges = new Dictionary<int, ProfileRangeSpec>();
        foreach (var entry in entries)
        {
            var index = IndexOf(entry.Name);
            if (index < 0)
            {
                Report(FixedSize(entry.Name) is { } size
                    ? DiagnosticInfo.Of(Descriptors.ProfileDimensionFixed, path, entry.Name, Literals.Number(size))
                    : DiagnosticInfo.Of(Descriptors.ProfileDimensionUnknown, path, entry.Name, Known()));
                continue;
            }

            var dimension = dimensions[index];
            if (entry.Minimum < DimensionSpec.Minimum || entry.Minimum > entry.Optimum || entry.Optimum > entry.Maximum)
                Report(DiagnosticInfo.Of(
                    Descriptors.ProfileRangeInvalid, path, entry.Name, entry.Range, Literals.Number(DimensionSpec.Minimum)));
            if (ranges.ContainsKey(index))
                Report(DiagnosticInfo.Of(Descriptors.ProfileDimensionTwice, path, dimension.Label));
            else
                ranges.Add(index, new(index, dimension.Label, entry.Minimum, entry.Optimum, entry.Maximum));
        }

        return new(new([.. ranges.Values.OrderBy(r => r.Dimension)]));
    }

    /// <summary>Finds a dimension by its ONNX name, then by its parameter, then as <c>tensor[axis]</c>.</summary>
    private int IndexOf(string name)
    {
        var index = Find(d => d.Name);
        if (index < 0) index = Find(d => d.Parameter.TrimStart('@'));
        return index < 0 ? Find(d => d.Place) : index;

        int Find(Func<DimensionSpec, string?> key)
        {
            for (var i = 0; i < dimensions.Count; i++)
                if (string.Equals(key(dimensions[i]), name, StringComparison.Ordinal)) return i;
            return -1;
        }
    }

    private long? FixedSize(string name)
    {
        foreach (var input in model.Inputs)
        {
            for (var axis = 0; axis < input.Shape.Rank; axis++)
            {
                if (!input.Shape.Dimensions[axis].IsFixed) continue;
                if (string.Equals(name, $"{input.Name}[{Literals.Number(axis)}]", StringComparison.Ordinal)
                    || string.Equals(name, ImageLayout.AxisName(input.Shape, axis), StringComparison.OrdinalIgnoreCase))
                    return input.Shape.Dimensions[axis].Value;
            }
        }

        return null;
    }

    private string Known() => dimensions.Count == 0
        ? "All dimensions of its inputs are fixed"
        : "It has " + string.Join(", ", dimensions.Take(8).Select(d => $"'{d.Label}'"));

    private void Report(DiagnosticInfo diagnostic) => _diagnostics.Add(diagnostic);
}
