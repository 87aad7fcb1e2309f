namespace TrtBindings.TensorRT.Building;

/// <summary>Decides for which sizes an engine is built: those of the options, or else those that the item declares.</summary>
internal static class ProfileResolver
{
    /// <summary>What the item declares, with the profiles of the options in place of its own where they have any.</summary>
    /// <exception cref="TensorException">A profile of the options names no dynamic dimension, or its sizes are wrong.</exception>
    public static ModelDeclaration Declaration(ModelSignature signature, TensorRtOptions options) =>
        options.Profiles.Count == 0
            ? signature.Declaration
            : signature.Declaration with { Profiles = new([.. options.Profiles.Select(profile => Resolve(signature, profile))]) };

    /// <summary>Profiles that say the sizes of every dynamic dimension; none if the model has no such dimension.</summary>
    /// <exception cref="TensorException">A dimension without sizes.</exception>
    public static IReadOnlyList<OptimizationProfile> Complete(ModelSignature signature, ModelDeclaration declaration)
    {
        var dimensions = signature.InputDimensions;
        if (dimensions.Count == 0) return [];
        IReadOnlyList<OptimizationProfile> profiles =
            declaration.Profiles.Count > 0 ? [.. declaration.Profiles] : [new(default)];
        foreach (var profile in profiles)
        {
            for (var i = 0; i < dimensions.Count; i++)
            {
                if (profile.Ranges.Any(range => range.Dimension == i)) continue;
                var name = NameOf(signature, dimensions[i]);
                throw new TensorException(name, declaration.Profiles.Count == 0
                    ? $"TensorRT must be told which sizes the engine is for: {Known(signature)}. Declare them on the item "
                      + $"(TrtProfile=\"{name}=1..4..16\"), or in TensorRtOptions.Profiles."
                    : $"The profile {profile} does not say the sizes of '{name}'. Add {name}=minimum..optimum..maximum to "
                      + "TrtProfile on the item, or to the profile in TensorRtOptions.Profiles.");
            }
        }

        return profiles;
    }

    /// <summary>What a profile calls a dynamic dimension: its ONNX name, or its place.</summary>
    public static string NameOf(ModelSignature signature, DynamicDimension dimension) =>
        dimension.Name ?? $"{signature.Inputs[dimension.Input].Name}[{dimension.Axis}]";

    private static OptimizationProfile Resolve(ModelSignature signature, TensorRtProfile profile)
    {
        var ranges = new List<DimensionRange>();
        foreach (var name in profile.Dimensions)
        {
            var index = IndexOf(signature, name);
            if (index < 0)
            {
                throw new TensorException(name, $"TensorRtOptions.Profiles has sizes for '{name}', which is no dynamic dimension "
                    + $"of the model. {Known(signature)}.");
            }

            var (minimum, optimum, maximum) = profile[name];
            var least = signature.InputDimensions[index].Axis == 0 ? 1 : 0;
            if (minimum < least || minimum > optimum || optimum > maximum)
            {
                throw new TensorException(name, $"The sizes of '{name}' in TensorRtOptions.Profiles, ({minimum}, {optimum}, "
                    + $"{maximum}), must be {least} ≤ minimum ≤ optimum ≤ maximum.");
            }

            ranges.Add(new(index, NameOf(signature, signature.InputDimensions[index]), minimum, optimum, maximum));
        }

        return new(new([.. ranges.OrderBy(range => range.Dimension)]));
    }

    private static int IndexOf(ModelSignature signature, string name)
    {
        for (var i = 0; i < signature.InputDimensions.Count; i++)
            if (NameOf(signature, signature.InputDimensions[i]) == name) return i;
        return -1;
    }

    private static string Known(ModelSignature signature) => signature.InputDimensions.Count == 0
        ? "All dimensions of its inputs are fixed"
        : "It has " + string.Join(", ", signature.InputDimensions.Select(d => $"'{NameOf(signature, d)}'"));
}
