using TrtBindings.Backends;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Building;

/// <summary>Copies the application's calibration samples to the GPU, batch by batch, as TensorRT asks for them.</summary>
internal sealed class CalibrationFeed : ITrtCalibrationSource, IDisposable
{
    private const int BitsInByte = 8;

    private readonly ICalibrationSource _source;
    private readonly CudaContext _context;
    private readonly CudaStream _stream;
    private readonly Dictionary<string, (long[] Shape, byte[] Host, DeviceMemory Device)> _inputs = [];
    private readonly HashSet<string> _given = [];
    private int _batch;

    /// <summary>Starts with the first batch. Every input has the shape of the first profile's optimum.</summary>
    /// <exception cref="ModelOptionException">A batch is larger than an array can be.</exception>
    public CalibrationFeed(EngineRecipe recipe, ICalibrationSource source)
    {
        (_source, _context) = (source, recipe.Host.Context);
        _stream = CudaStream.Create(_context);
        try
        {
            for (var i = 0; i < recipe.Signature.Inputs.Count; i++) AddInput(recipe, i);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int BatchSize { get; private set; } = 1;

    /// <inheritdoc/>
    /// <remarks>TensorRT asks for every input once per batch. The same input again means the next batch.</remarks>
    public unsafe nint NextBatch(string input)
    {
        if (!_given.Add(input))
        {
            _given.Clear();
            _given.Add(input);
            _batch++;
        }

        if (_batch >= _source.BatchCount) return 0;
        var (shape, host, device) = _inputs[input];
        host.AsSpan().Clear();
        _source.Fill(_batch, input, shape, host);
        using var scope = _context.Enter();
        fixed (byte* bytes = host) _stream.CopyToDevice(device.Address, bytes, host.Length);
        _stream.Synchronize();
        return device.Address;
    }

    /// <inheritdoc/>
    /// <remarks>Not used: the engine itself is cached, under a key with the identity of the samples.</remarks>
    public byte[]? ReadCache() => null;

    /// <inheritdoc/>
    public void WriteCache(ReadOnlySpan<byte> cache)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, device) in _inputs.Values) device.Dispose();
        _stream.Dispose();
    }

    private void AddInput(EngineRecipe recipe, int index)
    {
        var input = recipe.Signature.Inputs[index];
        var shape = ProfileResolver.ShapeOf(
            recipe.Signature, recipe.Profiles.FirstOrDefault(), index, range => range.Optimum);
        long bytes = input.ElementType.BitWidth() / BitsInByte;
        foreach (var length in shape) bytes = checked(bytes * length);
        if (bytes > Array.MaxLength)
        {
            throw new ModelOptionException("TensorRtOptions.Profiles", $"A calibration batch of '{input.Name}' has {bytes:N0} "
                + "bytes, more than an array holds. Make the optimum of the first profile smaller.");
        }

        _inputs[input.Name] = (shape, new byte[bytes], _context.Allocator.Allocate((nint)bytes, _stream));
        if (index == 0 && shape.Length > 0) BatchSize = checked((int)shape[0]);
    }
}
