using System.Text;
using TrtBindings.Interop.OnnxRuntime;

namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>One input of a binding: keeps ONNX Runtime's value in step with our tensor.</summary>
internal sealed class OrtInput(TensorBuffer buffer)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(buffer.Name + '\0');
    private int _boundVersion;
    private bool _bound;

    public TensorBuffer Buffer => buffer;

    /// <summary>Binds what is new: a shape, an address, or any text, whose elements have no version.</summary>
    /// <returns>Whether shape or address changed since the last run.</returns>
    public bool Refresh(OrtIoBinding binding)
    {
        var changed = !_bound || buffer.Version != _boundVersion;
        if (buffer is StringTensorBuffer text)
        {
            using var value = OrtText.ToValue(binding.Library, text);
            binding.BindInput(_name, value);
        }
        else if (changed)
        {
            using var value = OrtTensors.Over(binding.Library, buffer, buffer.Lengths);
            binding.BindInput(_name, value);
        }

        _bound = true;
        _boundVersion = buffer.Version;
        return changed;
    }
}
