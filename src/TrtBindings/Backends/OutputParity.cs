using System.Globalization;
using System.Text.Json.Serialization;

namespace TrtBindings;

/// <summary>How near one output, or one part of it, came to the reference in one run.</summary>
public sealed record OutputParity
{
    /// <summary>
    /// The name of an <see cref="Output"/> that stands for what is read from all outputs (<see cref="ParityOptions.Results"/>).
    /// </summary>
    public const string ResultsName = "results";

    /// <summary>ONNX name of the output, or <see cref="ResultsName"/>.</summary>
    public required string Output { get; init; }

    /// <summary>The part of it that was measured, such as <c>boxes</c> or <c>channel 7</c>; empty for all of it.</summary>
    public string Part { get; init; } = "";

    /// <summary>The sizes of the run, such as <c>batch=4</c>; empty for a model without dynamic dimensions.</summary>
    public string Size { get; init; } = "";

    /// <summary>Number of elements that were compared.</summary>
    public long Elements { get; init; }

    /// <summary>Largest magnitude of the reference in this part, which <see cref="LargestShare"/> is a share of.</summary>
    public double Range { get; init; }

    /// <summary>Largest difference of one element.</summary>
    public double Largest { get; init; }

    /// <summary>The place of the largest difference: an index for each dimension.</summary>
    public IReadOnlyList<long> LargestAt { get; init; } = [];

    /// <summary>What the reference has at that place.</summary>
    public double Expected { get; init; }

    /// <summary>What the model has at that place.</summary>
    public double Actual { get; init; }

    /// <summary>Mean difference.</summary>
    public double Mean { get; init; }

    /// <summary>See <see cref="ParityTolerance.Relative"/>: of the worst item of the batch.</summary>
    public double Relative { get; init; }

    /// <summary>The factor that fits the reference to the output best: of the worst item; 1 if all is well.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>Cosine of the angle between both: of the worst item.</summary>
    public double Cosine { get; init; } = 1;

    /// <summary>
    /// Share of decisions that are the same (<see cref="ParityTolerance.Agreement"/>); <see langword="null"/> where the output
    /// has none.
    /// </summary>
    public double? Agreement { get; init; }

    /// <summary>Index of the worst item of the batch; <see langword="null"/> for an output without a batch.</summary>
    public int? BatchItem { get; init; }

    /// <summary>What is beyond the tolerance, with the figure; <see langword="null"/> if nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary><see cref="Largest"/> as a share of <see cref="Range"/>.</summary>
    [JsonIgnore]
    public double LargestShare => Range > 0 ? Largest / Range : Largest > 0 ? double.PositiveInfinity : 0;

    /// <summary>True if nothing is beyond the tolerance.</summary>
    [JsonIgnore]
    public bool Passed => Problem is null;

    /// <summary>For example <c>output0 boxes, batch=4: largest 0.35 of 640, mean 0.011, relative 0.0003 …</c>.</summary>
    public override string ToString()
    {
        var agreement = Agreement is { } share ? Text($", agreement {share:0.####}") : "";
        return Text($"{Name}: largest {Largest:G3} of {Range:G4}, mean {Mean:G3}, relative {Relative:G3}, gain {Gain:0.#####}, ")
            + Text($"cosine {Cosine:0.######}{agreement}{(Problem is null ? "" : $": {Problem}")}");
    }

    internal string Name => Output + (Part.Length > 0 ? $" {Part}" : "") + (Size.Length > 0 ? $", {Size}" : "");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
