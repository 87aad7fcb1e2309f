using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Running;

/// <summary>The range of one input in one optimization profile of an engine.</summary>
/// <param name="Min">The smallest shape.</param>
/// <param name="Opt">The shape that the engine is optimized for.</param>
/// <param name="Max">The largest shape.</param>
/// <param name="MinValues">The smallest values of a shape tensor; empty for other inputs.</param>
/// <param name="MaxValues">The largest values of a shape tensor; empty for other inputs.</param>
internal sealed record EngineProfileRange(TrtDims Min, TrtDims Opt, TrtDims Max, long[] MinValues, long[] MaxValues)
{
    /// <summary>Elements of the largest shape.</summary>
    public double MaxElements { get; } = Max.ToArray().Aggregate(1.0, (product, size) => product * size);

    /// <summary>Reads the range of an input in a profile of an engine.</summary>
    public static EngineProfileRange Read(TrtEngine engine, EngineTensor input, int profile)
    {
        // An engine without dynamic dimensions may have no profile to ask.
        var asks = input.IsDynamic;
        var max = asks ? engine.GetProfileShape(input.Name, profile, TrtOptProfileSelector.Max) : input.Shape;
        var min = asks ? engine.GetProfileShape(input.Name, profile, TrtOptProfileSelector.Min) : input.Shape;
        var opt = asks ? engine.GetProfileShape(input.Name, profile, TrtOptProfileSelector.Opt) : input.Shape;
        if (!input.DecidesShapes) return new(min, opt, max, [], []);
        var count = checked((int)max.ToArray().Aggregate(1L, (product, size) => checked(product * size)));
        return new(min, opt, max, engine.GetProfileTensorValues(input.Name, profile, TrtOptProfileSelector.Min, count),
            engine.GetProfileTensorValues(input.Name, profile, TrtOptProfileSelector.Max, count));
    }

    /// <summary>Tells whether the profile allows a shape, and the values of a shape tensor.</summary>
    public bool Allows(in TrtDims shape, ReadOnlySpan<long> values)
    {
        if (shape.Rank != Max.Rank) return false;
        for (var axis = 0; axis < shape.Rank; axis++)
            if (shape[axis] < Min[axis] || shape[axis] > Max[axis]) return false;
        for (var i = 0; i < Math.Min(values.Length, MaxValues.Length); i++)
            if (values[i] < MinValues[i] || values[i] > MaxValues[i]) return false;
        return true;
    }

    /// <summary>For example <c>[1..16, 3, 640, 640]</c>.</summary>
    public override string ToString()
    {
        var dimensions = Enumerable.Range(0, Max.Rank).Select(axis => Range(Min[axis], Max[axis]));
        var values = MaxValues.Select((max, i) => Range(MinValues[i], max));
        return $"[{string.Join(", ", dimensions)}]"
            + (MaxValues.Length == 0 ? "" : $" with values [{string.Join(", ", values)}]");
    }

    private static string Range(long min, long max) => min == max ? $"{max}" : $"{min}..{max}";
}
