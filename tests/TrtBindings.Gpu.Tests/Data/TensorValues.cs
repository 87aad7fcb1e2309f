namespace TrtBindings.Gpu.Tests.Data;

/// <summary>Reads and compares what tensors hold.</summary>
internal static unsafe class TensorValues
{
    /// <summary>Elements at the present shape, as double.</summary>
    public static double[] Of(TensorBuffer tensor)
    {
        var values = new double[checked((int)tensor.ElementCount)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = tensor.Description.ElementType switch
            {
                ElementType.Float => ((float*)tensor.Address)[i],
                ElementType.Float16 => (double)((Half*)tensor.Address)[i],
                ElementType.Int64 => ((long*)tensor.Address)[i],
                ElementType.Int32 => ((int*)tensor.Address)[i],
                // A bool's byte that is neither 0 nor 1 was never written.
                ElementType.Bool or ElementType.UInt8 => ((byte*)tensor.Address)[i],
                _ => throw new NotSupportedException($"No values of {tensor.Description.ElementType}."),
            };
        }

        return values;
    }

    /// <summary>The present shape.</summary>
    public static long[] ShapeOf(TensorBuffer tensor) => [.. tensor.Lengths.ToArray().Select(length => (long)length)];

    /// <summary>
    /// The largest difference; infinite where a value is not a number, as poisoned memory is: no tolerance allows that.
    /// </summary>
    public static double LargestDifference(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        left.Length.ShouldBe(right.Length);
        var largest = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] == right[i]) continue;
            var difference = Math.Abs(left[i] - right[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }

    /// <summary>The largest absolute value; 0 of none.</summary>
    public static double LargestOf(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
