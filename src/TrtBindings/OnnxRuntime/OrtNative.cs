using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// The calls of ONNX Runtime's C API that the managed package lacks, by their index in the function table. The table only
/// grows at its end, so an index holds for every later release.
/// </summary>
/// <param name="table">The table that <c>OrtApiBase::GetApi</c> returned.</param>
internal readonly unsafe struct OrtNative(nint table)
{
    private readonly void** _table = (void**)table;

    /// <summary>Like <see cref="OrtIoBinding.BindInput(string, OrtValue)"/>, but allocates nothing.</summary>
    /// <param name="io">The binding.</param>
    /// <param name="name">The input's name as UTF-8, ended by a zero.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if the call failed.</returns>
    public bool TryBindInput(OrtIoBinding io, ReadOnlySpan<byte> name, OrtValue value)
    {
        fixed (byte* text = name)
        {
            var status = ((delegate* unmanaged<nint, byte*, nint, nint>)_table[136])(
                io.DangerousGetHandle(), text, HandleOf(value));
            GC.KeepAlive(io);
            GC.KeepAlive(value);
            return Succeeded(status);
        }
    }

    /// <summary>Makes the CUDA provider queue a session's runs on a stream. Its other options are text.</summary>
    /// <param name="options">Options of the provider.</param>
    /// <param name="stream">The <c>cudaStream_t</c>, which must live longer than the session.</param>
    /// <exception cref="OnnxRuntimeException">The provider does not take it.</exception>
    public void UseStream(OrtCUDAProviderOptions options, nint stream)
    {
        fixed (byte* key = "user_compute_stream"u8)
        {
            var status = ((delegate* unmanaged<nint, byte*, nint, nint>)_table[263])(
                options.DangerousGetHandle(), key, stream);
            GC.KeepAlive(options);
            if (status == 0) return;
            var message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<nint, byte*>)_table[2])(status));
            var code = ((delegate* unmanaged<nint, int>)_table[1])(status);
            ((delegate* unmanaged<nint, void>)_table[93])(status);
            throw new OnnxRuntimeException(
                (OnnxRuntimeErrorCode)code, "UpdateCUDAProviderOptionsWithValue", message ?? "ONNX Runtime gave no text.", null);
        }
    }

    /// <summary>The execution providers that a session's nodes were assigned to, most nodes first.</summary>
    /// <param name="session">A session made with <c>session.record_ep_graph_assignment_info</c>.</param>
    /// <returns>Names such as <c>CUDAExecutionProvider</c>; empty if ONNX Runtime does not tell.</returns>
    public IReadOnlyList<string> ProvidersOf(InferenceSession session)
    {
        nint* graphs;
        nuint count;
        if (!Succeeded(((delegate* unmanaged<nint, nint**, nuint*, nint>)_table[407])(HandleOf(session), &graphs, &count)))
            return [];
        var nodes = new Dictionary<string, int>();
        for (nuint i = 0; i < count; i++)
        {
            byte* name;
            nint* members;
            nuint size;
            if (!Succeeded(((delegate* unmanaged<nint, byte**, nint>)_table[408])(graphs[i], &name))
                || !Succeeded(((delegate* unmanaged<nint, nint**, nuint*, nint>)_table[409])(graphs[i], &members, &size)))
                continue;
            var provider = Marshal.PtrToStringUTF8((nint)name) ?? "";
            nodes[provider] = nodes.GetValueOrDefault(provider) + (int)size;
        }

        GC.KeepAlive(session);
        return [.. nodes.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Key)];
    }

    private bool Succeeded(nint status)
    {
        if (status == 0) return true;
        ((delegate* unmanaged<nint, void>)_table[93])(status);
        return false;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Handle")]
    private static extern nint HandleOf(OrtValue value);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Handle")]
    private static extern nint HandleOf(InferenceSession session);
}
