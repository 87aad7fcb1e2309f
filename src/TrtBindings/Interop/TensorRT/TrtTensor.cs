using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>ITensor</c>. It belongs to its network, and this object keeps that alive.</summary>
internal sealed unsafe class TrtTensor
{
    private readonly TrtNetwork _network;
    private readonly TrtTensorCalls _calls;
    private readonly nint _self;

    /// <summary>Takes note of a tensor.</summary>
    public TrtTensor(TrtNetwork network, nint native)
    {
        (_network, Raw) = (network, native);
        var target = TrtTarget.OfImplementation(native, network.Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>The native object.</summary>
    public nint Raw { get; }

    /// <summary><c>getName</c> and <c>setName</c>.</summary>
    public string Name
    {
        get => Text(_calls.GetName(_self)) ?? "";
        set
        {
            var name = new TrtName(value);
            _calls.SetName(_self, name.Pointer);
            GC.KeepAlive(name);
        }
    }

    /// <summary><c>getType</c>.</summary>
    public TrtDataType Type => (TrtDataType)_calls.GetElementType(_self);

    /// <summary><c>getLocation</c>.</summary>
    public TrtTensorLocation Location => (TrtTensorLocation)_calls.GetLocation(_self);

    /// <summary><c>isNetworkInput</c>.</summary>
    public bool IsNetworkInput => _calls.IsNetworkInput(_self) != 0;

    /// <summary><c>isNetworkOutput</c>.</summary>
    public bool IsNetworkOutput => _calls.IsNetworkOutput(_self) != 0;

    /// <summary><c>isShapeTensor</c>: its values decide shapes.</summary>
    public bool IsShapeTensor => _calls.IsShapeTensor(_self) != 0;

    /// <summary>
    /// <c>getDimensions</c> and <c>setDimensions</c>; −1 for a dynamic dimension, a rank of −1 for an unknown shape.
    /// </summary>
    public TrtDims Dimensions
    {
        get => _calls.GetDimensions(_self);
        set => _calls.SetDimensions(_self, &value);
    }

    /// <summary><c>getDimensionName</c>; <see langword="null"/> for a dimension without one.</summary>
    public string? GetDimensionName(int index) => Text(_calls.GetDimensionName(_self, index));

    /// <summary>
    /// <c>setDimensionName</c>; <see langword="null"/> takes the name away. Dimensions of one name must be equal when run.
    /// </summary>
    public void SetDimensionName(int index, string? name)
    {
        var text = name is null ? null : new TrtName(name);
        _calls.SetDimensionName(_self, index, text is null ? null : text.Pointer);
        GC.KeepAlive(text);
    }

    /// <summary><c>setType</c> (10.x only).</summary>
    /// <exception cref="TensorRtException">TensorRT 11 does not have it.</exception>
    public void SetType(TrtDataType type) => _calls.SetType(_self, (int)type);

    /// <summary><c>setAllowedFormats</c>.</summary>
    public void SetAllowedFormats(params ReadOnlySpan<TrtTensorFormat> formats)
    {
        var word = 0u;
        foreach (var format in formats) word |= 1u << (int)format;
        _calls.SetAllowedFormats(_self, word);
    }

    /// <summary><c>setDynamicRange</c> (10.x only): the range that INT8 values stand for.</summary>
    /// <exception cref="TensorRtException">TensorRT 11 does not have it, or the range is none.</exception>
    public void SetDynamicRange(float least, float most) =>
        TrtStatus.True(_network, _calls.SetDynamicRange(_self, least, most), "ITensor.setDynamicRange");

    private static string? Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8);
}
