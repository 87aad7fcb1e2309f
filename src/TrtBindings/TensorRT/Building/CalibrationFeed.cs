using System.Diagnostics.CodeAnalysis;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT.Callbacks;

namespace TrtBindings.TensorRT.Building;

/// <summary>Gives a calibration its batches in device memory, one after the other.</summary>
internal sealed class CalibrationFeed : ITrtCalibrationSource, IDisposable
{
    private readonly ICalibrationData _data;
    private readonly CudaContext _context;
    private readonly CudaStream _stream;
    private readonly IEnumerator<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> _batches;
    private readonly Dictionary<string, DeviceMemory> _memory = [];
    private readonly HashSet<string> _given = [];
    private bool _ended;

    /// <summary>Starts with the first batch.</summary>
    public CalibrationFeed(ICalibrationData data, CudaContext context)
    {
        (_data, _context) = (data, context);
        _stream = CudaStream.Create(context);
        _batches = data.Batches().GetEnumerator();
        _ended = !_batches.MoveNext();
    }

    /// <inheritdoc/>
    public int BatchSize => _data.BatchSize;

    /// <inheritdoc/>
    /// <remarks>TensorRT asks for every input once a batch: one that is asked for again is of the next batch.</remarks>
    public unsafe nint NextBatch(string input)
    {
        if (!_given.Add(input))
        {
            _given.Clear();
            _given.Add(input);
            _ended = _ended || !_batches.MoveNext();
        }

        if (_ended) return 0;
        if (!_batches.Current.TryGetValue(input, out var values)) ThrowMissing(input);
        using var scope = _context.Enter();
        if (!_memory.TryGetValue(input, out var memory) || memory.ByteLength < values.Length)
        {
            memory?.Dispose();
            _memory[input] = memory = _context.Allocator.Allocate(values.Length, _stream);
        }

        fixed (byte* bytes = values.Span) _stream.CopyToDevice(memory.Address, bytes, values.Length);
        _stream.Synchronize();
        return memory.Address;
    }

    /// <inheritdoc/>
    /// <remarks>The engine itself is cached, under a key that has the data's identity.</remarks>
    public byte[]? ReadCache() => null;

    /// <inheritdoc/>
    public void WriteCache(ReadOnlySpan<byte> cache)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batches.Dispose();
        foreach (var memory in _memory.Values) memory.Dispose();
        _stream.Dispose();
    }

    [DoesNotReturn]
    private void ThrowMissing(string input) => throw new InvalidOperationException(
        $"A batch of the calibration has no values for '{input}'. It has {string.Join(", ", _batches.Current.Keys)}.");
}
