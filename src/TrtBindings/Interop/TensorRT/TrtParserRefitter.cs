namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IParserRefitter</c>: gives a refitter all weights of an ONNX model.</summary>
internal sealed unsafe class TrtParserRefitter : TrtHandle
{
    private readonly TrtParserRefitterCalls _calls;

    /// <summary>Takes one over.</summary>
    public TrtParserRefitter(TrtRefitter refitter, nint native)
        : base(refitter.Library, native, refitter) =>
        _calls = new(TrtTarget.OfObject(native, Library.Slots));

    /// <summary><c>refitFromBytes</c>; external weights are found beside <paramref name="path"/>.</summary>
    /// <exception cref="TensorRtException">The model does not have the engine's weights.</exception>
    public void RefitFromBytes(ReadOnlySpan<byte> model, string? path)
    {
        var name = path is null ? null : new TrtName(path);
        fixed (byte* bytes = model)
        {
            var answer = _calls.RefitFromBytes(Raw, bytes, (nuint)model.Length, name is null ? null : name.Pointer);
            GC.KeepAlive(name);
            Check(answer, "IParserRefitter.refitFromBytes");
        }
    }

    /// <summary><c>refitFromFile</c>.</summary>
    /// <exception cref="TensorRtException">The model does not have the engine's weights.</exception>
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
