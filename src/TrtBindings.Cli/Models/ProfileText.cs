using System.Globalization;

namespace TrtBindings.Cli.Models;

/// <summary>Profiles of TensorRT, as <c>--profile</c> writes them.</summary>
internal static class ProfileText
{
    /// <summary>The form, for help and errors.</summary>
    public const string Form = "images=1x3x640x640:4x3x640x640:16x3x640x640 (minimum, optimum, maximum), or batch=1..4..16";

    /// <summary>Reads one profile: shapes of inputs or sizes of dimensions, with commas.</summary>
    /// <exception cref="UsageException">It is not of the form, or names nothing of the model.</exception>
    public static TensorRtProfile Parse(string text, ModelSignature signature)
    {
        var profile = new TensorRtProfile();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.LastIndexOf('=');
            if (at < 1) throw Wrong(text);
            var (name, value) = (part[..at], part[(at + 1)..]);
            var input = signature.Inputs.FirstOrDefault(one => one.Name == name);
            if (input is null || value.Contains("..")) Add(profile, name, SizesOf(value, text), text);
            else AddShapes(profile, signature, input, value, text);
        }

        return profile.Count > 0 ? profile : throw Wrong(text);
    }

    /// <summary>Reads all profiles of a command line.</summary>
    public static IList<TensorRtProfile> ParseAll(string[]? texts, string file)
    {
        if (texts is not { Length: > 0 }) return [];
        var description = ModelSource.FromFile(file).Describe();
        var signature = new ModelSignature(file, description.Inputs, description.Outputs);
        return [.. texts.Select(text => Parse(text, signature))];
    }

    /// <summary>
    /// Options with profiles that hold all batches of a command, for a model whose dynamic dimensions nobody gave sizes for: one
    /// for all batches, or one for each, which is the fastest for it.
    /// </summary>
    public static ModelOptions ForRuns(
        ModelOptions options, string file, ModelSizes sizes, int[] asked, int[] usual, bool isOneForEach)
    {
        var description = ModelSource.FromFile(file).Describe();
        var signature = new ModelSignature(file, description.Inputs, description.Outputs);
        if (signature.InputDimensions.Count == 0 || options.TensorRT.Profiles.Count > 0) return options;
        var batches = BatchList.For(signature, asked, usual);
        var values = sizes.Of(signature, description, batches[0] > 0 ? batches[0] : null);
        IEnumerable<SizeRange?> ranges = batches[0] <= 0 ? [null]
            : isOneForEach ? batches.Distinct().Order().Select(batch => (SizeRange?)new SizeRange(batch, batch, batch))
            : [new SizeRange(batches.Min(), batches.Max(), batches.Max())];
        return options with
        {
            TensorRT = options.TensorRT with { Profiles = [.. ranges.Select(range => ProfileOf(signature, values, range))] },
        };
    }

    private static TensorRtProfile ProfileOf(ModelSignature signature, long[] values, SizeRange? batch)
    {
        var profile = new TensorRtProfile();
        for (var i = 0; i < values.Length; i++)
            profile[NameOf(signature, i)] = i == ModelSizes.BatchOf(signature) && batch is not null ? batch : values[i];
        return profile;
    }

    /// <summary>The name of a dynamic dimension in a profile.</summary>
    public static string NameOf(ModelSignature signature, int dimension)
    {
        var one = signature.InputDimensions[dimension];
        return one.Name ?? string.Create(CultureInfo.InvariantCulture, $"{signature.Inputs[one.Input].Name}[{one.Axis}]");
    }

    private static void AddShapes(
        TensorRtProfile profile, ModelSignature signature, TensorDescription input, string value, string text)
    {
        var shapes = value.Split(':').Select(one => ModelSizes.TryShape(one, out var shape) ? shape : throw Wrong(text))
            .ToArray();
        if (shapes.Length is not (1 or 3)) throw Wrong(text);
        var (least, best, most) = shapes.Length == 1 ? (shapes[0], shapes[0], shapes[0]) : (shapes[0], shapes[1], shapes[2]);
        if (shapes.Any(shape => !input.Shape.IsRanked || shape.Length != input.Shape.Rank))
            throw new UsageException($"--profile is '{text}', and '{input.Name}' is {input}.");
        for (var axis = 0; axis < least.Length; axis++)
        {
            var declared = input.Shape.Dimensions[axis];
            if (declared.IsFixed)
            {
                if (shapes.All(shape => shape[axis] == declared.Value)) continue;
                throw new UsageException(
                    $"--profile gives '{input.Name}' another size in dimension {axis}, which is {declared.Value}.");
            }

            var name = declared.Name ?? string.Create(CultureInfo.InvariantCulture, $"{input.Name}[{axis}]");
            Add(profile, name, new(least[axis], best[axis], most[axis]), text);
        }
    }

    private static SizeRange SizesOf(string value, string text)
    {
        var parts = value.Split("..");
        var sizes = new long[parts.Length];
        for (var i = 0; i < sizes.Length; i++)
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i])) throw Wrong(text);
        return sizes.Length switch
        {
            1 => sizes[0],
            3 => new SizeRange(sizes[0], sizes[1], sizes[2]),
            _ => throw Wrong(text),
        };
    }

    private static void Add(TensorRtProfile profile, string name, SizeRange sizes, string text)
    {
        if (profile.TryGetValue(name, out var known) && known != sizes)
            throw new UsageException($"--profile is '{text}', and gives '{name}' {known} and {sizes}.");
        profile[name] = sizes;
    }

    private static UsageException Wrong(string text) => new($"--profile is '{text}', and is written as {Form}.");
}
