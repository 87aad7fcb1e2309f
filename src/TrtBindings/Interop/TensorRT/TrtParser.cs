using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's ONNX parser,
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvonnxparser_1_1_i_parser.html">
/// IParser</see>.
/// It fills one network, once, and keeps it alive.
/// </summary>
internal sealed unsafe class TrtParser : TrtHandle
{
    private readonly TrtParserCalls _calls;

    /// <summary>Takes ownership of a native parser.</summary>
    public TrtParser(TrtNetwork network, nint native)
        : base(network.Library, native, network) =>
        _calls = new(TrtTarget.OfObject(native, Library.Slots));

    /// <summary>Calls <c>getError</c>: the errors in the order in which the parser found them.</summary>
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

    /// <summary>
    /// Calls <c>parse</c>: a model in memory. External weights are looked for beside <paramref name="path"/>.
    /// </summary>
    /// <exception cref="TensorRtException">The model cannot be parsed; <see cref="Errors"/> names the nodes.</exception>
    public void Parse(ReadOnlySpan<byte> model, string? path)
    {
        var name = path is null ? null : new TrtName(path);
        fixed (byte* bytes = model)
        {
            TrtLogger.TakeErrors();
            var answer = _calls.Parse(Raw, (nint)bytes, (nuint)model.Length, name is null ? null : name.Pointer);
            GC.KeepAlive(name);
            Check(answer, "IParser.parse");
        }
    }

    /// <summary>Calls <c>parseFromFile</c>: a file of any size, with its external weights.</summary>
    /// <exception cref="TensorRtException">The model cannot be parsed; <see cref="Errors"/> names the nodes.</exception>
    public void ParseFromFile(string path, TrtSeverity verbosity = TrtSeverity.Warning)
    {
        var name = new TrtName(path);
        TrtLogger.TakeErrors();
        var answer = _calls.ParseFromFile(Raw, name.Pointer, (int)verbosity);
        GC.KeepAlive(name);
        Check(answer, "IParser.parseFromFile");
    }

    /// <summary>
    /// Calls <c>getUsedVCPluginLibraries</c>: the plug-in libraries that a version-compatible engine of the model must carry
    /// with it.
    /// </summary>
    public string[] GetUsedVCPluginLibraries()
    {
        long count = 0;
        var names = _calls.GetUsedVCPluginLibraries(Raw, &count);
        var libraries = new string[names == null ? 0 : (int)count];
        for (var i = 0; i < libraries.Length; i++) libraries[i] = Marshal.PtrToStringUTF8((nint)names[i]) ?? "";
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
