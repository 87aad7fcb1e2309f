using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The optimization profiles of an engine. A run uses the profile with the smallest maximum that allows its shapes, because
/// that one is optimized for sizes near them; among equal ones it uses the first.
/// </summary>
internal sealed class EngineProfiles
{
    private readonly EngineTensor[] _inputs;
    private readonly EngineProfileRange[][] _ranges;
    private readonly int[] _order;

    /// <summary>Reads the profiles of an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="inputs">Its inputs, in the order of the shapes that are passed later.</param>
    public EngineProfiles(TrtEngine engine, EngineTensor[] inputs)
    {
        _inputs = inputs;
        _ranges = new EngineProfileRange[engine.NbOptimizationProfiles][];
        for (var profile = 0; profile < _ranges.Length; profile++)
            _ranges[profile] = Array.ConvertAll(inputs, input => EngineProfileRange.Read(engine, input, profile));
        // OrderBy is stable: among equal profiles the first stays first.
        _order = [.. Enumerable.Range(0, _ranges.Length).OrderBy(profile => _ranges[profile].Sum(range => range.MaxElements))];
    }

    /// <summary>Number of profiles, at least 1.</summary>
    public int Count => _ranges.Length;

    /// <summary>The range of an input in a profile.</summary>
    public EngineProfileRange this[int profile, int input] => _ranges[profile][input];

    /// <summary>Chooses the profile for inputs of these shapes; −1 if none allows them.</summary>
    /// <param name="shapes">The shapes, in the order of the inputs.</param>
    /// <param name="values">The values of shape tensors; empty arrays for other inputs.</param>
    /// <param name="preferred">The profile to take if it allows them; −1 for none.</param>
    public int Choose(ReadOnlySpan<TrtDims> shapes, long[][] values, int preferred = -1)
    {
        if (preferred >= 0 && preferred < Count && Allows(_ranges[preferred], shapes, values)) return preferred;
        foreach (var profile in _order)
            if (Allows(_ranges[profile], shapes, values)) return profile;
        return -1;
    }

    /// <summary>The error for shapes that no profile allows. It names the shapes and every range.</summary>
    public TensorException Refusal(ReadOnlySpan<TrtDims> shapes, long[][] values)
    {
        var asked = new List<string>();
        var first = -1;
        for (var i = 0; i < _inputs.Length; i++)
        {
            if (_inputs[i].Shape.Rank != shapes[i].Rank)
            {
                return new(_inputs[i].Name.Text, $"Input '{_inputs[i].Name}' has {shapes[i].Rank} dimensions, and the engine "
                    + $"takes {_inputs[i].Shape.Rank}: {_ranges[0][i]}.");
            }

            if (first < 0 && !AnyAllows(i, shapes[i], values[i])) first = i;
            if (IsVaried(i)) asked.Add(Asked(i, shapes[i], values[i]));
        }

        if (first < 0) first = Math.Max(0, Array.FindIndex(_inputs, input => input.IsDynamic));
        if (asked.Count == 0) asked.Add(Asked(first, shapes[first], values[first]));
        var ranges = Enumerable.Range(0, Count).Select(profile => $"profile {profile}: {RangesOf(profile, first)}");
        return new(_inputs[first].Name.Text, $"No profile of the engine allows {string.Join(", ", asked)}. It has "
            + $"{string.Join("; ", ranges)}. Run sizes within one of these, or build the engine with a profile for this one.");
    }

    private static bool Allows(EngineProfileRange[] ranges, ReadOnlySpan<TrtDims> shapes, long[][] values)
    {
        for (var i = 0; i < ranges.Length; i++)
            if (!ranges[i].Allows(shapes[i], values[i])) return false;
        return true;
    }

    private bool IsVaried(int input) => _inputs[input].IsDynamic || _inputs[input].DecidesShapes;

    private string Asked(int input, in TrtDims shape, long[] values) => $"'{_inputs[input].Name}' {shape}"
        + (values.Length == 0 ? "" : $" with values [{string.Join(", ", values)}]");

    private bool AnyAllows(int input, in TrtDims shape, long[] values)
    {
        foreach (var ranges in _ranges)
            if (ranges[input].Allows(shape, values)) return true;
        return false;
    }

    private string RangesOf(int profile, int always) => string.Join(", ",
        from input in Enumerable.Range(0, _inputs.Length)
        where IsVaried(input) || input == always
        select $"'{_inputs[input].Name}' {_ranges[profile][input]}");
}
