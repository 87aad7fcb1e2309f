namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's ONNX parser, <c>IParser</c>. It fills one network, once, which lives as long as this does.</summary>
internal sealed unsafe class TrtParser : TrtHandle
{
    private readonly TrtParserCalls _calls;

    /// <summary>Takes a parser over.</summary>
    public TrtParser(TrtNetwork network, nint native)
        : base(network.Library, native, network) =>
        _calls = new(TrtTarget.OfObject(native, Library.Slots));

    /// <summary>What was wrong, in the order found.</summary>
    public TrtParserError[] Errors
    {
        get
        {
            var errors = new TrtParserError[Math.Max(0, _calls.GetNbErrors(Raw))];
            for (var i = 0; i < errors.Length; i++)
            {
                var error = TrtStatus.NotNull(this, _calls.GetError(Raw, i), "IParser.getError");
                errors[i] = TrtParserError.Read(error, Library.Slots);
            }

            return errors;
        }
    }

    /// <summary>Sets or clears a flag; before parsing.</summary>
    public void SetFlag(TrtOnnxParserFlag flag, bool on = true)
    {
        if (on) _calls.SetFlag(Raw, (int)flag);
        else _calls.ClearFlag(Raw, (int)flag);
    }

    /// <summary>Parses a model in memory; external weights are found beside <paramref name="path"/>.</summary>
    /// <exception cref="TensorRtException">
    /// It cannot be parsed: the messages name the nodes, see <see cref="Errors"/>.
    /// </exception>
    public void Parse(ReadOnlySpan<byte> model, string? path)
    {
        var name = path is null ? null : new TrtName(path);
        fixed (byte* bytes = model)
        {
            TrtLogger.TakeErrors();
            var answer = _calls.Parse(Raw, bytes, (nuint)model.Length, name is null ? null : name.Pointer);
            GC.KeepAlive(name);
            Check(answer, "IParser.parse");
        }
    }

    /// <summary>Parses a file, of any size, with its external weights.</summary>
    /// <exception cref="TensorRtException">
    /// It cannot be parsed: the messages name the nodes, see <see cref="Errors"/>.
    /// </exception>
    public void ParseFromFile(string path, TrtSeverity verbosity = TrtSeverity.Warning)
    {
        var name = new TrtName(path);
        TrtLogger.TakeErrors();
        var answer = _calls.ParseFromFile(Raw, name.Pointer, (int)verbosity);
        GC.KeepAlive(name);
        Check(answer, "IParser.parseFromFile");
    }

    /// <summary>
    /// <c>supportsModelV2</c> (10.1 and later): whether a model would parse; needs a network with nothing in it.
    /// </summary>
    public bool SupportsModel(ReadOnlySpan<byte> model, string? path)
    {
        var name = path is null ? null : new TrtName(path);
        fixed (byte* bytes = model)
        {
            var answer = _calls.SupportsModelV2(Raw, bytes, (nuint)model.Length, name is null ? null : name.Pointer);
            GC.KeepAlive(name);
            return answer != 0;
        }
    }

    /// <summary><c>clearErrors</c>.</summary>
    public void ClearErrors() => _calls.ClearErrors(Raw);

    /// <summary>Libraries of plug-ins that a version-compatible engine of the model must carry with it.</summary>
    public string[] GetUsedVCPluginLibraries()
    {
        long count = 0;
        var names = _calls.GetUsedVCPluginLibraries(Raw, &count);
        var libraries = new string[names == null ? 0 : (int)count];
        for (var i = 0; i < libraries.Length; i++)
            libraries[i] = System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)names[i]) ?? "";
        return libraries;
    }

    /// <inheritdoc/>
    protected override void Free(nint native) => _calls.Delete(native, 1);

    private void Check(byte answer, string function)
    {
        if (answer != 0) return;
        var errors = Errors;
        if (errors.Length == 0) throw TrtStatus.Failure(this, function);
        throw new TensorRtException(function, Library.Version.ToString(), [.. errors.Select(error => error.ToString())]);
    }
}
