using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>ILayer</c>. It belongs to its network, and this object keeps that alive.</summary>
internal sealed unsafe class TrtLayer
{
    private readonly TrtNetwork _network;
    private readonly TrtLayerCalls _calls;
    private readonly nint _self;

    /// <summary>Takes note of a layer.</summary>
    public TrtLayer(TrtNetwork network, nint native)
    {
        _network = network;
        var target = TrtTarget.OfImplementation(native, network.Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary><c>getName</c>.</summary>
    public string Name => Marshal.PtrToStringUTF8((nint)_calls.GetName(_self)) ?? "";

    /// <summary><c>getNbInputs</c>.</summary>
    public int NbInputs => _calls.GetNbInputs(_self);

    /// <summary><c>getNbOutputs</c>.</summary>
    public int NbOutputs => _calls.GetNbOutputs(_self);

    /// <summary><c>getInput</c>; <see langword="null"/> for an optional one that is not there.</summary>
    public TrtTensor? GetInput(int index) => Tensor(_calls.GetInput(_self, index));

    /// <summary><c>getOutput</c>.</summary>
    public TrtTensor? GetOutput(int index) => Tensor(_calls.GetOutput(_self, index));

    private TrtTensor? Tensor(nint native) => native == 0 ? null : new(_network, native);
}
