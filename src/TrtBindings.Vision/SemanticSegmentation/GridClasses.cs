using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>Finds the best class at points of a grid; of equal classes the first. NaN is never the best.</summary>
internal static class GridClasses
{
    private const int Lanes = 8;

    /// <summary>Points whose best logits stay in registers during the loop over classes.</summary>
    private const int Group = 4 * Lanes;

    /// <summary>Writes the classes of consecutive points.</summary>
    /// <param name="values">Logits, from the first point of the first class on.</param>
    /// <param name="plane">Distance from a class's logit to the next class's.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="threshold">For one class: a point above this is 1, any other 0.</param>
    /// <param name="classes">Takes the classes.</param>
    public static void Find(ReadOnlySpan<float> values, int plane, int count, float threshold, Span<byte> classes)
    {
        if (count == 1)
        {
            for (var i = 0; i < classes.Length; i++) classes[i] = values[i] > threshold ? (byte)1 : (byte)0;
            return;
        }

        // The one bounds check for all vector reads below.
        values = values[..(((count - 1) * plane) + classes.Length)];
        if (classes.Length < Group)
        {
            for (var i = 0; i < classes.Length; i++) classes[i] = BestOf(values, plane, count, i);
            return;
        }

        for (var i = 0; i < classes.Length - Group; i += Group) FindGroup(values[i..], plane, count, classes[i..]);
        // The last group may overlap the one before.
        FindGroup(values[(classes.Length - Group)..], plane, count, classes[^Group..]);
    }

    private static void FindGroup(ReadOnlySpan<float> values, int plane, int count, Span<byte> classes)
    {
        ref var source = ref MemoryMarshal.GetReference(values);
        var (first, second, third, fourth) = (new Leader(), new Leader(), new Leader(), new Leader());
        for (var label = 0; label < count; label++)
        {
            ref var place = ref Unsafe.Add(ref source, label * plane);
            var name = Vector256.Create(label);
            first.Offer(Vector256.LoadUnsafe(ref place), name);
            second.Offer(Vector256.LoadUnsafe(ref place, Lanes), name);
            third.Offer(Vector256.LoadUnsafe(ref place, 2 * Lanes), name);
            fourth.Offer(Vector256.LoadUnsafe(ref place, 3 * Lanes), name);
        }

        Vector256.Narrow(Vector256.Narrow(first.Label, second.Label), Vector256.Narrow(third.Label, fourth.Label))
            .AsByte().CopyTo(classes);
    }

    private static byte BestOf(ReadOnlySpan<float> values, int plane, int count, int place)
    {
        var (best, result) = (float.NegativeInfinity, 0);
        for (var label = 0; label < count; label++)
            if (values[(label * plane) + place] > best) (best, result) = (values[(label * plane) + place], label);
        return (byte)result;
    }

    private struct Leader()
    {
        private Vector256<float> _value = Vector256.Create(float.NegativeInfinity);

        public Vector256<int> Label { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Offer(Vector256<float> value, Vector256<int> name)
        {
            var isBetter = Vector256.GreaterThan(value, _value);
            _value = Vector256.ConditionalSelect(isBetter, value, _value);
            Label = Vector256.ConditionalSelect(isBetter.AsInt32(), name, Label);
        }
    }
}
