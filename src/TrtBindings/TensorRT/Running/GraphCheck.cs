using System.Globalization;
using System.Runtime.InteropServices;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Compares the outputs of a replay with those of a plain run on the same inputs. A graph that holds less than was queued replays
/// without an error, and leaves in the outputs what was there.
/// </summary>
internal sealed unsafe class GraphCheck : IDisposable
{
    /// <summary>Bytes of an output that are compared: half of them at its begin, half at its end.</summary>
    private const nint MostBytes = 16 << 20;

    /// <summary>NaN in every float format, and -1 in integers.</summary>
    private const byte Poisoned = 0xFF;

    private readonly Lane _lane;
    private readonly RunOutputs _outputs;
    private readonly nint _bytes;
    private byte* _replay;
    private byte* _plain;

    /// <summary>Allocates host memory for both.</summary>
    public GraphCheck(Lane lane, RunOutputs outputs)
    {
        (_lane, _outputs) = (lane, outputs);
        for (var i = 0; i < outputs.Count; i++) _bytes += Math.Min(outputs.ValuesOf(lane, i).Bytes, MostBytes);
        _replay = (byte*)NativeMemory.Alloc((nuint)Math.Max(_bytes, 1));
        _plain = (byte*)NativeMemory.Alloc((nuint)Math.Max(_bytes, 1));
    }

    /// <summary>Queues that the outputs are overwritten.</summary>
    public void Poison()
    {
        for (var i = 0; i < _outputs.Count; i++)
        {
            var (address, bytes) = _outputs.ValuesOf(_lane, i);
            _lane.Stream.Fill(address, Poisoned, bytes);
        }
    }

    /// <summary>Queues copies of the replay's outputs.</summary>
    public void TakeReplay() => Take(_replay);

    /// <summary>Queues copies of the plain run's outputs.</summary>
    public void TakePlain() => Take(_plain);

    /// <summary>
    /// The first output that differs, as the end of a sentence; <see langword="null"/> for none. Sums in another order are no
    /// difference.
    /// </summary>
    public string? Difference()
    {
        nint offset = 0;
        for (var i = 0; i < _outputs.Count; i++)
        {
            var bytes = (int)Math.Min(_outputs.ValuesOf(_lane, i).Bytes, MostBytes);
            var replay = new ReadOnlySpan<byte>(_replay + offset, bytes);
            var plain = new ReadOnlySpan<byte>(_plain + offset, bytes);
            offset += bytes;
            var tensor = _outputs.TensorAt(i);
            if (OutputComparer.FirstDifference(tensor.Type, replay, plain) is not (>= 0 and var place)) continue;
            return string.Create(CultureInfo.InvariantCulture,
                $"its first replay gave another value than the plain run in element {place} of output '{tensor.Name}'");
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_replay);
        NativeMemory.Free(_plain);
        _replay = null;
        _plain = null;
    }

    private void Take(byte* target)
    {
        for (var i = 0; i < _outputs.Count; i++)
        {
            var (address, bytes) = _outputs.ValuesOf(_lane, i);
            var first = bytes <= MostBytes ? bytes : MostBytes / 2;
            _lane.Stream.CopyToHost(target, address, first);
            target += first;
            if (first == bytes) continue;
            _lane.Stream.CopyToHost(target, address + bytes - first, first);
            target += first;
        }
    }
}
