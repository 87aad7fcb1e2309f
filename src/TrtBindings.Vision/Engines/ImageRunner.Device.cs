namespace TrtBindings.Vision.Engines;

/// <content>Tensors in device memory.</content>
internal sealed partial class ImageRunner
{
    private readonly HashSet<(int Width, int Height)> _sizes = [];
    private DeviceTensors? _device;

    /// <summary>Width of the input in this call.</summary>
    public int Width { get; private set; }

    /// <summary>Height of the input in this call.</summary>
    public int Height { get; private set; }

    /// <summary>Address of the input in device memory.</summary>
    public nint InputAddress => _device!.InputAddress;

    /// <summary>Whether the input's elements are 16-bit floats.</summary>
    public bool IsInputHalf => _images is InputTensor<Half>;

    /// <summary>The outputs in device memory.</summary>
    public ReadOnlySpan<GpuOutput> DeviceOutputs => _device!.Outputs;

    /// <summary>
    /// Sees to it that the outputs of a full batch of this size fit into their device memory. Where the file does not tell their
    /// sizes, only the backend knows them: it runs once, into host memory, at each new size.
    /// </summary>
    private void MakeRoomForOutputs(int width, int height)
    {
        if (!_device!.HasOpenOutputs || !_sizes.Add((width, height))) return;
        try
        {
            SetSize(Input.MaxBatch, width, height);
            _device.OpenOutputs(_outputs);
            _model.Run(_inputs, _outputs);
            _device.BindOutputs(_outputs);
        }
        catch
        {
            // Outputs may be left in host memory, where no kernel reads them: the next call at any size binds them anew.
            _sizes.Clear();
            throw;
        }
    }

    private void SetSize(int batch, int width, int height)
    {
        Input.FillValues(_model.Signature.InputDimensions, batch, width, height, _values);
        _model.Resize(_inputs, _values);
    }
}
