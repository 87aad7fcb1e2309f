using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>One input of a binding: keeps ONNX Runtime's value in step with our tensor.</summary>
/// <param name="buffer">Our tensor.</param>
/// <param name="copied">
/// True if the session runs on a device with memory of its own. ONNX Runtime copies a host value there when it is bound, not
/// when the session runs, so such an input is bound anew for each run.
/// </param>
/// <param name="device">Memory of that device, for a tensor that lies there.</param>
internal sealed class OrtInput(TensorBuffer buffer, bool copied, OrtMemoryInfo? device) : IDisposable
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(buffer.Name + '\0');
    private OrtValue? _value;
    private int _boundVersion;
    private bool _bound;

    public TensorBuffer Buffer => buffer;

    /// <summary>
    /// Binds the tensor where its shape or address is new, where its contents are copied, and always for text, whose elements
    /// have no version.
    /// </summary>
    /// <returns>True if shape or address changed since the last run.</returns>
    public bool Refresh(OrtIo io)
    {
        var changed = !_bound || buffer.Version != _boundVersion;
        if (buffer is StringTensorBuffer text)
        {
            using var value = OrtText.ToValue(text);
            io.BindInput(buffer.Name, value);
        }
        else if (changed || copied)
        {
            if (changed) Renew(io.Session.Library);
            io.BindInput(buffer.Name, _name, _value!);
        }

        _bound = true;
        _boundVersion = buffer.Version;
        return changed;
    }

    public void Dispose() => _value?.Dispose();

    private void Renew(OrtLibrary library)
    {
        _value?.Dispose();
        _value = null;
        _value = OrtTensors.Over(library, device, buffer, buffer.Lengths);
    }
}
