using System.Runtime.InteropServices;
using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// Refuses noise in place of pictures. Noise has no areas of one colour, so the first convolutions answer as they never do in
/// use, and ranges taken from it keep the wrong nodes in 32 bits.
/// </summary>
internal sealed class SampleCheck
{
    private const int SmallestSide = 8;

    /// <summary>Neighbours in pictures resemble each other by 0.6 and more, in noise by 0.1 at the most.</summary>
    private const double LeastLikeness = 0.25;

    private bool _hasPictures;
    private bool _isRight;

    /// <summary>Refuses a sample that lacks an input of the model, or has one that the model has not.</summary>
    /// <exception cref="ModelOptionException">It does, or it is <see langword="null"/>.</exception>
    public static void RefuseOther(ModelSample? sample, OnnxFile file)
    {
        var graph = file.Model.Graph;
        if (sample is null) throw Wrong("One of the samples is null. Give a ModelSample for each run.");
        var inputs = graph.Input.Select(input => input.Name).ToList();
        if (sample.Tensors.Keys.FirstOrDefault(name => !inputs.Contains(name)) is { } other)
            throw Wrong($"A sample has '{other}', which is no input of '{file.Path}'. {Names()}");
        var known = graph.Initializer.Select(tensor => tensor.Name)
            .Concat(graph.SparseInitializer.Select(tensor => tensor.Values?.Name ?? "")).ToHashSet();
        if (inputs.FirstOrDefault(name => !known.Contains(name) && !sample.Tensors.ContainsKey(name)) is { } missing)
            throw Wrong($"A sample lacks the input '{missing}' of '{file.Path}'. {Names()}");

        string Names() => $"Its inputs are '{string.Join("', '", inputs)}'.";
        static ModelOptionException Wrong(string message) => new(nameof(ConversionOptions.Samples), message);
    }

    /// <exception cref="ModelOptionException">Every picture among the samples is noise, or of one colour.</exception>
    public static void RefuseNoise(IEnumerable<ModelSample> samples)
    {
        var check = new SampleCheck();
        foreach (var sample in samples) check.Look(sample);
        check.RefuseNoise();
    }

    /// <summary>Looks at one sample; at none any more once one was right.</summary>
    public void Look(ModelSample sample)
    {
        if (_isRight) return;
        foreach (var one in sample.Tensors.Values.Where(one => one.Type == ElementType.Float && IsPicture(one.Shape)))
        {
            _hasPictures = true;
            _isRight |= Likeness(MemoryMarshal.Cast<byte, float>(one.Bytes.Span), (int)one.Shape[3]) >= LeastLikeness;
        }
    }

    /// <exception cref="ModelOptionException">Every picture that was looked at is noise, or of one colour.</exception>
    public void RefuseNoise()
    {
        if (!_hasPictures || _isRight) return;
        throw new ModelOptionException(nameof(ConversionOptions.Samples),
            "The samples are noise or plain, not pictures: neighbouring pixels have nothing in common. Ranges measured on them "
            + "are not those of the model in use. Give prepared pictures, or no samples.");
    }

    private static bool IsPicture(long[] shape) => shape is [_, <= 4, >= SmallestSide, >= SmallestSide];

    /// <summary>Correlation of each number with the next one of its row.</summary>
    private static double Likeness(ReadOnlySpan<float> values, int width)
    {
        double sum = 0;
        foreach (var value in values) sum += value;
        var mean = sum / values.Length;
        var (shared, total) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            total += (values[i] - mean) * (values[i] - mean);
            if (i % width != width - 1) shared += (values[i] - mean) * (values[i + 1] - mean);
        }

        return total > 0 ? shared / total * width / (width - 1) : 0;
    }
}
