using System.Diagnostics;
using System.Numerics.Tensors;

namespace TrtBindings.Vision.Engines;

/// <summary>
/// Runs an engine's model: owns the tensors, sets the batch and the size, and takes the times. A call is <see cref="Start"/>,
/// <see cref="Resize"/>, an image written to each <see cref="ImageAt"/>,
/// <see cref="Run(float, GpuWork?, CancellationToken)"/>, the outputs read, <see cref="End"/>. Allocates nothing once it has
/// run at a size. Not thread-safe.
/// </summary>
internal sealed partial class ImageRunner : IDisposable
{
    private readonly IRunnableModel _model;
    private readonly ProcessingPlaces _places;
    private readonly long[] _values;
    private readonly long[] _shared;
    private int _roomWidth;
    private int _roomHeight;
    private ModelInputs _inputs;
    private ModelOutputs _outputs;
    private TensorBuffer _images;
    private float[] _wide = [];
    private float[][] _converted = [];
    private int[] _convertedRun = [];
    private int _run;
    private int _imageLength;
    private int _count;
    private long _started;
    private long _prepared;
    private long _ran;

    /// <summary>Allocates the tensors.</summary>
    /// <param name="model">The model, which is not disposed.</param>
    /// <param name="input">Its input.</param>
    /// <param name="places">Which tensors are in device memory.</param>
    public ImageRunner(IRunnableModel model, ImageInput input, ProcessingPlaces places = default)
    {
        (_model, _places) = (model, places);
        Input = input;
        (_roomWidth, _roomHeight) = (input.Width, input.Height);
        _values = new long[model.Signature.InputDimensions.Count];
        _shared = new long[model.Signature.OutputDimensions.Count];
        (_inputs, _outputs, _device) = Allocate();
        _images = _inputs.Tensors[0];
    }

    /// <summary>The model's input.</summary>
    public ImageInput Input { get; }

    /// <summary>Images that the model runs in this call, with those that fill up a fixed batch.</summary>
    public int Batch => Input.IsBatchFixed ? Input.MaxBatch : _count;

    /// <summary>The model's outputs; valid from the run until the next <see cref="Resize"/>.</summary>
    public IReadOnlyList<TensorBuffer> Outputs => _outputs.Tensors;

    /// <summary>Times of the last call; zero before the first.</summary>
    public EngineTimings LastTimings { get; private set; }

    /// <summary>Begins a call.</summary>
    /// <exception cref="TensorException">No image, or more than the engine takes.</exception>
    public void Start(int images)
    {
        _started = Stopwatch.GetTimestamp();
        if (images < 1 || images > Input.MaxBatch)
        {
            var most = Input.MaxBatch == 1 ? "1 image" : $"1 to {Input.MaxBatch} images";
            throw new TensorException(
                "batch", $"A call takes {most}, not {images}. {(images < 1 ? "Pass at least one." : Input.BatchReason)}");
        }

        _count = images;
    }

    /// <summary>
    /// Sets the size of the input; only a model with a dynamic size takes another than that of <see cref="Input"/>.
    /// </summary>
    /// <exception cref="TensorException">The size is too large, or one the model cannot have.</exception>
    public void Resize((int Width, int Height) size)
    {
        var (width, height) = size;
        Input.CheckSize(_model.Signature.Inputs[0], width, height);
        if (width > _roomWidth || height > _roomHeight) Grow(width, height);
        if (_places.Postprocesses) MakeRoomForOutputs(width, height);
        SetSize(Batch, width, height);
        (Width, Height) = size;
        _imageLength = Input.Channels * width * height;
        if (!_places.Preprocesses && _images is InputTensor<Half> && _wide.Length < Batch * _imageLength)
            _wide = new float[Batch * _imageLength];
        if (LengthOf(_images) == Batch * _imageLength) return;
        throw new TensorException(_images.Name, $"'{_images.Description}' cannot be {Batch} images of {width} x {height}: one "
            + "name stands for several of its dimensions. Export the model with a name for each, or run it at a size that fits.");
    }

    /// <summary>The floats of one image in the model's input.</summary>
    public Span<float> ImageAt(int index) => Images.Slice(index * _imageLength, _imageLength);

    /// <summary>The values of an output as floats, those of a model in half precision converted once for each run.</summary>
    /// <exception cref="TensorException">It is neither float nor float16.</exception>
    public ReadOnlySpan<float> FloatsOf(int output) => Outputs[output] switch
    {
        OutputTensor<float> tensor => tensor.Span,
        OutputTensor<Half> tensor => Converted(output, tensor.Span),
        var other => throw ModelError.Of(other, "must be float."),
    };

    /// <summary>Runs the model.</summary>
    public void Run(float filler, CancellationToken cancellationToken) => Run(filler, null, cancellationToken);

    /// <summary>Runs the model.</summary>
    /// <param name="filler">Value of the unused images of a fixed batch.</param>
    /// <param name="work">Work on the GPU around the run; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Run(float filler, GpuWork? work, CancellationToken cancellationToken)
    {
        BeginRun(filler);
        if (work is null) _model.Run(_inputs, _outputs, cancellationToken);
        else _model.Gpu!.Run(_inputs, _outputs, work, cancellationToken);
        _ran = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc cref="Run(float, GpuWork?, CancellationToken)"/>
    public async Task RunAsync(float filler, GpuWork? work, CancellationToken cancellationToken)
    {
        BeginRun(filler);
        var run = work is null ? _model.RunAsync(_inputs, _outputs, cancellationToken)
            : _model.Gpu!.RunAsync(_inputs, _outputs, work, cancellationToken);
        await run.ConfigureAwait(false);
        _ran = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends a call.</summary>
    /// <param name="gpu">What the GPU measured; <see langword="null"/> for nothing.</param>
    public void End(GpuTimes? gpu = null)
    {
        var before = Stopwatch.GetElapsedTime(_started, _prepared);
        var run = Stopwatch.GetElapsedTime(_prepared, _ran);
        var after = Stopwatch.GetElapsedTime(_ran);
        if (gpu is { } times)
        {
            (before, after) = (before + times.Before, after + times.After);
            // With tensors in host memory, their copies are part of the run.
            run = _places.IsBoth ? times.Model : run - times.Before - times.After;
        }

        LastTimings = new(before, run, after);
    }

    /// <summary>Frees the tensors. The model stays loaded.</summary>
    public void Dispose()
    {
        _inputs.Dispose();
        _outputs.Dispose();
        _device?.Dispose();
    }

    private static long LengthOf(TensorBuffer tensor)
    {
        var length = 1L;
        foreach (var side in tensor.Lengths) length *= side;
        return length;
    }

    /// <summary>The images of the call as floats.</summary>
    private Span<float> Images => _images is InputTensor<float> images ? images.Span : _wide.AsSpan(0, Batch * _imageLength);

    private ReadOnlySpan<float> Converted(int output, ReadOnlySpan<Half> values)
    {
        if (_converted.Length <= output)
        {
            Array.Resize(ref _converted, Outputs.Count);
            Array.Resize(ref _convertedRun, Outputs.Count);
        }

        if (_convertedRun[output] != _run || _converted[output] is null)
        {
            if ((_converted[output]?.Length ?? 0) < values.Length) _converted[output] = new float[values.Length];
            TensorPrimitives.ConvertToSingle(values, _converted[output]);
            _convertedRun[output] = _run;
        }

        return _converted[output].AsSpan(0, values.Length);
    }

    private void BeginRun(float filler)
    {
        _run++;
        _prepared = Stopwatch.GetTimestamp();
        if (_places.Preprocesses) return;
        Images[(_count * _imageLength)..].Fill(filler);
        if (_images is InputTensor<Half> half) TensorPrimitives.ConvertToHalf(Images, half.Span);
        _prepared = Stopwatch.GetTimestamp();
    }

    /// <summary>Allocates larger tensors. If that fails, the old ones stay in use.</summary>
    private void Grow(int width, int height)
    {
        var (knownWidth, knownHeight) = (_roomWidth, _roomHeight);
        (_roomWidth, _roomHeight) = (Math.Max(width, knownWidth), Math.Max(height, knownHeight));
        try
        {
            Input.CheckLength(_model.Signature.Inputs[0], _roomWidth, _roomHeight);
            var (inputs, outputs, device) = Allocate();
            Dispose();
            (_inputs, _outputs, _device) = (inputs, outputs, device);
            _sizes.Clear();
            _images = _inputs.Tensors[0];
        }
        catch
        {
            (_roomWidth, _roomHeight) = (knownWidth, knownHeight);
            throw;
        }
    }

    private (ModelInputs Inputs, ModelOutputs Outputs, DeviceTensors? Device) Allocate()
    {
        Input.FillValues(_model.Signature.InputDimensions, Input.MaxBatch, _roomWidth, _roomHeight, _values);
        Input.FillValues(_model.Signature.OutputDimensions, Input.MaxBatch, _roomWidth, _roomHeight, _shared);
        var inputs = _model.CreateInputs(_values);
        ModelOutputs? outputs = null;
        try
        {
            outputs = _model.CreateOutputs(_shared);
            return (inputs, outputs, _places.IsAny ? DeviceTensors.Bind(_model.Gpu!, inputs, outputs, _places) : null);
        }
        catch
        {
            outputs?.Dispose();
            inputs.Dispose();
            throw;
        }
    }
}
