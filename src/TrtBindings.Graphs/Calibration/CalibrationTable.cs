using System.Globalization;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Calibration;

/// <summary>What calibration found out about a model, as it stands in a table's file.</summary>
/// <param name="ModelHash">See <see cref="ConversionReport.SourceHash"/>.</param>
/// <param name="Type">What the ranges are for.</param>
/// <param name="Method">The method, with its percentile.</param>
/// <param name="Samples">Samples that it is from.</param>
/// <param name="Tensors">In the order in which the model makes them.</param>
internal sealed record CalibrationTable(
    string ModelHash, ElementType Type, string Method, int Samples, IReadOnlyList<CalibratedTensor> Tensors)
{
    /// <summary>How a method is named in a table.</summary>
    public static string NameOf(CalibrationMethod method, double percentile) => method == CalibrationMethod.Percentile
        ? string.Create(CultureInfo.InvariantCulture, $"{method} {percentile}")
        : $"{method}";

    /// <summary>Ranges of quantized tensors by their names.</summary>
    public IReadOnlyDictionary<string, float> Ranges() =>
        Tensors.Where(one => one.Amax is not null).ToDictionary(one => one.Name, one => one.Amax!.Value);

    /// <summary>The largest magnitude of each value of a graph that the table names.</summary>
    public IReadOnlyDictionary<Value, float> Largest(IEnumerable<Value> values)
    {
        var known = Tensors.ToDictionary(one => one.Name, one => one.Largest);
        return values.Where(value => known.ContainsKey(value.Name)).ToDictionary(value => value, value => known[value.Name]);
    }
}
