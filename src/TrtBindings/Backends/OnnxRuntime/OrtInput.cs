using System.Text;
using TrtBindings.Interop.OnnxRuntime;

namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>One input of a binding: keeps ONNX Runtime's value in step with our tensor.</summary>
/// <param name="buffer">Our tensor.</param>
/// <param name="copied">
/// Whether the session has a device of its own: ONNX Runtime then copies a host value there when it is bound, not when it
/// runs, so that a value bound once would keep its first contents for ever.
/// </param>
/// <param name="device">Memory of that device, for tensors that lie there.</param>
internal sealed class OrtInput(TensorBuffer buffer, bool copied, OrtMemoryInfo? device) : IDisposable
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(buffer.Name + '\0');
    private OrtValue? _value;
    private int _boundVersion;
    private bool _bound;

    public TensorBuffer Buffer => buffer;

    /// <summary>
    /// Binds what is new: a shape, an address, contents that are copied, or any text, whose elements have no version.
    /// </summary>
    /// <returns>Whether shape or address changed since the last run.</returns>
    public bool Refresh(OrtIoBinding binding)
    {
        var changed = !_bound || buffer.Version != _boundVersion;
        if (buffer is StringTensorBuffer text)
        {
            using var value = OrtText.ToValue(binding.Library, text);
            binding.BindInput(_name, value);
        }
        else if (changed || copied)
        {
            if (changed) Renew(binding.Library);
            binding.BindInput(_name, _value!);
        }

        _bound = true;
        _boundVersion = buffer.Version;
        return changed;
    }

    public void Dispose() => _value?.Dispose();

    private void Renew(OrtLibrary library)
    {
        _value?.Dispose();
        _value = OrtTensors.Over(library, device, buffer, buffer.Lengths);
    }
}
