using TrtBindings.Cli.Inputs;
using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Comparing;

/// <summary>
/// Tells whether an output has the reference's rows in another order, as outputs do that are sorted by scores which are nearly
/// equal. A row is the last dimension; an output of one or two dimensions that is a list of numbers has rows of one.
/// </summary>
internal static class PermutedRows
{
    /// <summary>More rows than a model's list of finds has; looking at all pairs would take minutes.</summary>
    private const int Most = 4096;

    /// <summary>Whether each item of the batch has the same rows within the tolerance, and at least one is elsewhere.</summary>
    public static bool Are(NpyArray reference, NpyArray other, double tolerance)
    {
        if (!reference.Shape.AsSpan().SequenceEqual(other.Shape) || !FloatElements.Are(reference.Type)
            || !FloatElements.Are(other.Type) || reference.Shape.Length < 2) return false;
        // [rows, columns] or [..., rows, columns]; [batch, rows] is a list of numbers for each item.
        var isList = reference.Shape.Length == 2 && reference.Shape[1] > 16;
        var (rows, columns) = isList ? ((int)reference.Shape[1], 1) : ((int)reference.Shape[^2], (int)reference.Shape[^1]);
        if (rows is < 2 or > Most || columns == 0) return false;
        var (left, right) = (FloatElements.Read(reference), FloatElements.Read(other));
        var size = rows * columns;
        var isMoved = false;
        for (var item = 0; item < left.Length / size; item++)
        {
            if (!Match(left.AsSpan(item * size, size), right.AsSpan(item * size, size), rows, columns, tolerance, ref isMoved))
                return false;
        }

        return isMoved;
    }

    private static bool Match(
        Span<float> left, Span<float> right, int rows, int columns, double tolerance, ref bool isMoved)
    {
        var ranges = new double[columns];
        for (var i = 0; i < left.Length; i++) ranges[i % columns] = Math.Max(ranges[i % columns], Math.Abs(left[i]));
        var isUsed = new bool[rows];
        for (var row = 0; row < rows; row++)
        {
            var found = -1;
            // The same place first: equal rows then stay where they are.
            for (var step = 0; step < rows && found < 0; step++)
            {
                var candidate = (row + step) % rows;
                if (!isUsed[candidate] && IsNear(left.Slice(row * columns, columns), right.Slice(candidate * columns, columns),
                    ranges, tolerance)) found = candidate;
            }

            if (found < 0) return false;
            isUsed[found] = true;
            isMoved |= found != row;
        }

        return true;
    }

    private static bool IsNear(Span<float> left, Span<float> right, double[] ranges, double tolerance)
    {
        for (var i = 0; i < left.Length; i++)
            if (!(Math.Abs((double)left[i] - right[i]) <= tolerance * ranges[i]) && !left[i].Equals(right[i])) return false;
        return true;
    }
}
