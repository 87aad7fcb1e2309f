using TrtBindings.Backends;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Building;

/// <summary>Writes the optimization profiles of a recipe into TensorRT's builder configuration.</summary>
internal sealed class ProfileWriter(EngineRecipe recipe, TrtBuilder builder, TrtNetwork network, BuildErrors errors)
{
    /// <summary>Adds every profile, and the one for a calibration if there is one.</summary>
    /// <exception cref="EngineBuildException">An input needs a range that no profile can give.</exception>
    public void Add(TrtBuilderConfig config)
    {
        for (var i = 0; i < network.NbInputs; i++) Check(network.GetInput(i));
        foreach (var source in recipe.Profiles)
        {
            using var profile = Create(source, range => range.Minimum, range => range.Maximum);
            config.AddOptimizationProfile(profile);
        }

        if (recipe.Options.Calibration is null || recipe.Profiles.Count == 0) return;
        using var calibration = Create(recipe.Profiles[0], range => range.Optimum, range => range.Optimum);
        config.SetCalibrationProfile(calibration);
    }

    private TrtOptimizationProfile Create(
        OptimizationProfile source, Func<DimensionRange, long> minimum, Func<DimensionRange, long> maximum)
    {
        var profile = builder.CreateOptimizationProfile();
        for (var i = 0; i < network.NbInputs; i++)
        {
            var input = network.GetInput(i);
            if (IsFixed(input)) continue;
            var (name, index) = (new TrtName(input.Name), IndexOf(input.Name));
            Set(TrtOptProfileSelector.Min, minimum);
            Set(TrtOptProfileSelector.Opt, range => range.Optimum);
            Set(TrtOptProfileSelector.Max, maximum);

            void Set(TrtOptProfileSelector select, Func<DimensionRange, long> size) => profile.SetDimensions(
                name, select, new TrtDims(ProfileResolver.ShapeOf(recipe.Signature, source, index, size)));
        }

        return profile;
    }

    private void Check(TrtTensor input)
    {
        if (DecidesShapes(input))
        {
            throw errors.Because($"the values of its input '{input.Name}' decide shapes, and a profile has sizes only. Give the "
                + "model that input as a constant.");
        }

        if (IsFixed(input)) return;
        var index = IndexOf(input.Name);
        if (index < 0 || !recipe.Signature.Inputs[index].Shape.IsRanked)
        {
            throw errors.Because($"the model does not say how many dimensions its input '{input.Name}' has, and a profile "
                + "needs them. Export it with a shape.");
        }
    }

    private int IndexOf(string input)
    {
        for (var i = 0; i < recipe.Signature.Inputs.Count; i++)
            if (recipe.Signature.Inputs[i].Name == input) return i;
        return -1;
    }

    private static bool IsFixed(TrtTensor input)
    {
        var shape = input.Dimensions;
        return shape.IsValid && !shape.ToArray().Any(size => size < 0);
    }

    /// <summary>Asks TensorRT if an input is a shape tensor. Only scalars and lists of integers can be.</summary>
    private static bool DecidesShapes(TrtTensor input) =>
        input.Type is TrtDataType.Int32 or TrtDataType.Int64 && input.Dimensions is { IsValid: true, Rank: <= 1 }
        && input.IsShapeTensor;
}
