using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvonnxparser_1_1_i_parser_refitter.html">
/// IParserRefitter</see>: gives a refitter all weights of an ONNX model.
/// </summary>
internal sealed unsafe class TrtParserRefitter : TrtHandle
{
    private readonly TrtParserRefitterCalls _calls;

    /// <summary>Takes ownership of a native parser refitter.</summary>
    public TrtParserRefitter(TrtRefitter refitter, nint native)
        : base(refitter.Library, native, refitter) =>
        _calls = new(TrtTarget.OfObject(native, Library.Slots));

    /// <summary>Calls <c>refitFromBytes</c>. External weights are looked for beside <paramref name="path"/>.</summary>
    /// <exception cref="TensorRtException">The model does not have the weights of the engine.</exception>
    public void RefitFromBytes(ReadOnlySpan<byte> model, string? path)
    {
        var name = path is null ? null : new TrtName(path);
        fixed (byte* bytes = model)
        {
            var answer = _calls.RefitFromBytes(Raw, (nint)bytes, (nuint)model.Length, name is null ? null : name.Pointer);
            GC.KeepAlive(name);
            Check(answer, "IParserRefitter.refitFromBytes");
        }
    }

    /// <summary>Calls <c>refitFromFile</c>.</summary>
    /// <exception cref="TensorRtException">The model does not have the weights of the engine.</exception>
    public void RefitFromFile(string path)
    {
        var name = new TrtName(path);
        var answer = _calls.RefitFromFile(Raw, name.Pointer);
        GC.KeepAlive(name);
        Check(answer, "IParserRefitter.refitFromFile");
    }

    /// <inheritdoc/>
    protected override void Free(nint native) => _calls.Delete(native, 1);

    private void Check(byte answer, string function)
    {
        if (answer != 0) return;
        var errors = new string[Math.Max(0, _calls.GetNbErrors(Raw))];
        for (var i = 0; i < errors.Length; i++)
        {
            var error = TrtStatus.NotNull(this, _calls.GetError(Raw, i), "IParserRefitter.getError");
            errors[i] = TrtParserError.Read(error, Library.Slots).ToString();
        }

        _calls.ClearErrors(Raw);
        if (errors.Length == 0) throw TrtStatus.Failure(this, function);
        throw new TensorRtException(function, Library.Version.ToString(), errors);
    }
}
