using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Building;

/// <summary>Makes TensorRT's profiles of the settings', and says what does not fit the network.</summary>
internal sealed class ProfileWriter(TrtBuilder builder, TrtNetwork network, BuildErrors errors)
{
    /// <summary>Adds every profile to a configuration.</summary>
    /// <exception cref="EngineBuildException">A profile is missing, not complete, or does not fit an input.</exception>
    public void Add(TrtBuilderConfig config, IReadOnlyList<BuildProfile> profiles)
    {
        var inputs = Enumerable.Range(0, network.NbInputs).Select(network.GetInput).ToArray();
        if (profiles.Count == 0 && Array.Find(inputs, NeedsRange) is { } input)
            throw errors.Because($"its input '{input.Name}' {Needs(input)}, and no profile says what sizes it will have. "
                + "Declare TrtProfile on the item, or give TensorRtOptions.Profiles.");
        for (var i = 0; i < profiles.Count; i++)
        {
            using var profile = Create(profiles[i], i, inputs);
            config.AddOptimizationProfile(profile);
        }
    }

    /// <summary>One profile with nothing but optimal sizes, for a calibration.</summary>
    public void SetCalibration(TrtBuilderConfig config, BuildProfile of)
    {
        var inputs = Enumerable.Range(0, network.NbInputs).Select(network.GetInput).ToArray();
        var fixedSizes = new BuildProfile([.. of.Ranges.Select(range => range with { Min = range.Opt, Max = range.Opt })]);
        using var profile = Create(fixedSizes, 0, inputs);
        config.SetCalibrationProfile(profile);
    }

    private TrtOptimizationProfile Create(BuildProfile source, int number, TrtTensor[] inputs)
    {
        if (source.Ranges.FirstOrDefault(range => !Array.Exists(inputs, input => input.Name == range.Input)) is { } foreign)
            throw errors.Because($"profile {number} has sizes for '{foreign.Input}', which is not an input of the model. Its "
                + $"inputs are {string.Join(", ", inputs.Select(input => $"'{input.Name}'"))}.");
        var profile = builder.CreateOptimizationProfile();
        foreach (var input in inputs)
        {
            if (!NeedsRange(input)) continue;
            var isShape = DecidesShapes(input);
            var range = source.Ranges.FirstOrDefault(range => range.Input == input.Name && range.IsValues == isShape)
                ?? throw errors.Because($"its input '{input.Name}' {Needs(input)}, and profile {number} has none for it.");
            Check(range, input, number);
            Set(profile, range);
        }

        return profile;
    }

    private void Check(ProfileRange range, TrtTensor input, int number)
    {
        var (shape, rank) = (input.Dimensions, range.Min.Count);
        var fits = range.Opt.Count == rank && range.Max.Count == rank;
        for (var i = 0; fits && i < rank; i++) fits = range.Min[i] <= range.Opt[i] && range.Opt[i] <= range.Max[i];
        if (!fits)
            throw errors.Because($"profile {number} has {range}, where the least is not below the best or the best not below the "
                + "most.");
        if (range.IsValues || !shape.IsValid) return;
        for (var i = 0; fits && i < shape.Rank; i++)
            fits = rank == shape.Rank && (shape[i] < 0 || (range.Min[i] == shape[i] && range.Max[i] == shape[i]));
        if (!fits) throw errors.Because($"profile {number} has {range}, and the input is {shape} (-1 is dynamic).");
    }

    private static void Set(TrtOptimizationProfile profile, ProfileRange range)
    {
        var name = new TrtName(range.Input);
        foreach (var (select, sizes) in new[]
        {
            (TrtOptProfileSelector.Min, range.Min),
            (TrtOptProfileSelector.Opt, range.Opt),
            (TrtOptProfileSelector.Max, range.Max),
        })
        {
            if (range.IsValues) profile.SetShapeValues(name, select, [.. sizes]);
            else profile.SetDimensions(name, select, new TrtDims([.. sizes]));
        }
    }

    private static bool NeedsRange(TrtTensor input)
    {
        var shape = input.Dimensions;
        return !shape.IsValid || shape.ToArray().Any(size => size < 0) || DecidesShapes(input);
    }

    private static string Needs(TrtTensor input) =>
        DecidesShapes(input) ? "decides shapes, so that it needs a range of values" : $"is {input.Dimensions} (-1 is dynamic)";

    /// <summary>Only short lists of integers can; others are not asked.</summary>
    private static bool DecidesShapes(TrtTensor input) =>
        input.Type is TrtDataType.Int32 or TrtDataType.Int64 && input.Dimensions is { IsValid: true, Rank: <= 1 }
        && input.IsShapeTensor;
}
