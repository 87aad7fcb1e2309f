using System.Diagnostics;

namespace TrtBindings.Vision.Engines;

/// <summary>
/// What every engine does around its model: memory for the tensors, the batch and the size in use, the run, and the time
/// of each stage. <see cref="Enter"/>, <see cref="Begin(int)"/>, then <see cref="ImageAt"/> is filled for each image, then
/// <see cref="Run"/>, then the outputs are read, then <see cref="End"/>. Allocates nothing once it has run at its sizes.
/// </summary>
internal sealed class ImageRunner : IDisposable
{
    private readonly IRunnableModel _model;
    private readonly string _options;
    private readonly EngineGate _gate;
    private readonly long[] _values;
    private readonly long[] _shared;
    private int _roomWidth;
    private int _roomHeight;
    private ModelInputs _inputs;
    private ModelOutputs _outputs;
    private InputTensor<float> _images;
    private int _imageLength;
    private long _started;
    private long _prepared;
    private long _ran;

    /// <summary>Allocates for the sizes of an input.</summary>
    /// <param name="model">The model, which stays its owner's.</param>
    /// <param name="input">The input's sizes.</param>
    /// <param name="options">Name of the engine's options type, for messages.</param>
    public ImageRunner(IRunnableModel model, ImageInput input, string options)
    {
        _model = model;
        _options = options;
        Input = input;
        _gate = new(model.Signature.File, Free);
        (_roomWidth, _roomHeight) = (input.Width, input.Height);
        _values = new long[model.Signature.InputDimensions.Count];
        _shared = new long[model.Signature.OutputDimensions.Count];
        (_inputs, _outputs) = Allocate();
        _images = (InputTensor<float>)_inputs.Tensors[0];
    }

    /// <summary>The input's sizes.</summary>
    public ImageInput Input { get; }

    /// <summary>What the model gave; valid from <see cref="Run"/> until the next <see cref="Begin(int)"/>.</summary>
    public IReadOnlyList<TensorBuffer> Outputs => _outputs.Tensors;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public EngineTimings LastTimings { get; private set; }

    /// <summary>Takes the runner for one call, until what this gives is disposed.</summary>
    /// <exception cref="EngineInUseException">Another call has it.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public EngineGate.Call Enter() => _gate.Enter();

    /// <summary>Starts a call at the size of <see cref="Input"/>.</summary>
    /// <exception cref="TensorException">No image, or more than the engine takes.</exception>
    public void Begin(int images) => Begin(images, Input.Width, Input.Height);

    /// <summary>Starts a call at another size, for a model that leaves it open.</summary>
    /// <exception cref="TensorException">No image, more than the engine takes, or too large a size.</exception>
    public void Begin(int images, int width, int height)
    {
        _started = Stopwatch.GetTimestamp();
        if (images < 1 || images > Input.MaxBatch)
        {
            throw new TensorException("batch", $"A call takes 1 to {Input.MaxBatch} images, not {images}. "
                + (Input.IsBatchFixed ? "The model was exported for that batch." : $"{_options}.MaxBatch sets the limit."));
        }

        if (width > _roomWidth || height > _roomHeight) Grow(width, height);
        Input.FillValues(
            _model.Signature.InputDimensions, Input.IsBatchFixed ? Input.MaxBatch : images, width, height, _values);
        _model.Resize(_inputs, _values);
        _imageLength = Input.Channels * width * height;
        var batch = Input.IsBatchFixed ? Input.MaxBatch : images;
        if (_images.Span.Length == batch * _imageLength) return;
        throw new TensorException(_images.Name, $"'{_images.Description}' cannot be {batch} images of {width} x {height}: one "
            + "name stands for several of its dimensions. Export it with a name for each, or run it at a size that suits.");
    }

    /// <summary>The place of one image in the model's input.</summary>
    public Span<float> ImageAt(int index) => _images.Span.Slice(index * _imageLength, _imageLength);

    /// <summary>Runs the model; gives the number of images that it ran, those that fill a fixed batch up included.</summary>
    /// <param name="images">Images of this call.</param>
    /// <param name="filler">Value of images that are not there.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public int Run(int images, float filler, CancellationToken cancellationToken)
    {
        _images.Span[(images * _imageLength)..].Fill(filler);
        _prepared = Stopwatch.GetTimestamp();
        _model.Run(_inputs, _outputs, cancellationToken);
        _ran = Stopwatch.GetTimestamp();
        return Input.IsBatchFixed ? Input.MaxBatch : images;
    }

    /// <summary>Ends a call.</summary>
    public void End() => LastTimings = new(
        Stopwatch.GetElapsedTime(_started, _prepared), Stopwatch.GetElapsedTime(_prepared, _ran),
        Stopwatch.GetElapsedTime(_ran));

    /// <summary>Frees the tensors. The model stays loaded.</summary>
    public void Dispose() => _gate.Dispose();

    private void Free()
    {
        _inputs.Dispose();
        _outputs.Dispose();
    }

    /// <summary>Takes more memory for a size that is wider or higher than all before.</summary>
    private void Grow(int width, int height)
    {
        var (knownWidth, knownHeight) = (_roomWidth, _roomHeight);
        (_roomWidth, _roomHeight) = (Math.Max(width, knownWidth), Math.Max(height, knownHeight));
        try
        {
            Input.CheckLength(_model.Signature.Inputs[0], _roomWidth, _roomHeight);
            var (inputs, outputs) = Allocate();
            _inputs.Dispose();
            _outputs.Dispose();
            (_inputs, _outputs) = (inputs, outputs);
            _images = (InputTensor<float>)_inputs.Tensors[0];
        }
        catch
        {
            (_roomWidth, _roomHeight) = (knownWidth, knownHeight);
            throw;
        }
    }

    private (ModelInputs Inputs, ModelOutputs Outputs) Allocate()
    {
        Input.FillValues(_model.Signature.InputDimensions, Input.MaxBatch, _roomWidth, _roomHeight, _values);
        Input.FillValues(_model.Signature.OutputDimensions, Input.MaxBatch, _roomWidth, _roomHeight, _shared);
        var inputs = _model.CreateInputs(_values);
        try
        {
            return (inputs, _model.CreateOutputs(_shared));
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }
}
