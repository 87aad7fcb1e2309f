using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// ONNX Runtime's own CUDA graph of one binding's runs (<c>enable_cuda_graph</c>). It replays the addresses that it was recorded
/// with, so tensors at other addresses get a graph of another number, and tensors in host memory get none.
/// </summary>
/// <param name="stream">The session's stream.</param>
internal sealed class OrtModelGraph(OrtStream stream) : IDisposable
{
    /// <summary>Run option: the number of the graph; -1 for none.</summary>
    public const string Number = "gpu_graph_id";

    /// <summary>Each graph keeps device memory until the session ends.</summary>
    public const int MostGraphs = 8;

    private readonly List<int> _versions = [];
    private RunOptions? _options;

    /// <summary>The options of a run that is recorded or replayed; <see langword="null"/> for a run that is not.</summary>
    public RunOptions? Options(OrtInput[] inputs, OrtOutput[] outputs)
    {
        if (Array.Exists(inputs, static input => !input.Buffer.IsOnDevice)
            || Array.Exists(outputs, static output => !output.Buffer.IsOnDevice))
            return null;
        if (IsSame(inputs, outputs)) return _options;
        _versions.Clear();
        foreach (var input in inputs) _versions.Add(input.Buffer.Version);
        foreach (var output in outputs) _versions.Add(output.Buffer.Version);
        _options?.Dispose();
        _options = stream.NextGraph() is { } number ? Make(number) : null;
        return _options;
    }

    /// <summary>Options of a run.</summary>
    /// <param name="number">Number of the graph; -1 for none.</param>
    public static RunOptions Make(int number) => OrtErrors.Call("AddRunConfigEntry", () =>
    {
        var options = new RunOptions();
        options.AddRunConfigEntry(Number, number.ToString(CultureInfo.InvariantCulture));
        return options;
    });

    /// <summary>Refuses an output that is bound onto an input.</summary>
    /// <exception cref="TensorException">Names both.</exception>
    public static void ThrowIfShared(OrtInput[] inputs, OrtOutput[] outputs)
    {
        foreach (var output in outputs)
            foreach (var input in inputs)
                if (input.Buffer.IsOnDevice && output.Buffer.IsOnDevice) ThrowIfShared(input.Buffer, output.Buffer);
    }

    public void Dispose() => _options?.Dispose();

    private static void ThrowIfShared(TensorBuffer input, TensorBuffer output)
    {
        if (output.DeviceAddress >= input.DeviceAddress + input.DeviceCapacity
            || input.DeviceAddress >= output.DeviceAddress + output.DeviceCapacity)
            return;
        throw new TensorException(output.Name, $"Output '{output.Name}' lies in the memory of input '{input.Name}'. With "
            + "OnnxRuntimeCudaOptions.UseCudaGraph the provider runs the model several times while it records, so the later ones "
            + "would read what the first has written. Give the output memory of its own, or leave the option off.");
    }

    private bool IsSame(OrtInput[] inputs, OrtOutput[] outputs)
    {
        if (_versions.Count != inputs.Length + outputs.Length) return false;
        for (var i = 0; i < inputs.Length; i++)
            if (_versions[i] != inputs[i].Buffer.Version) return false;
        for (var i = 0; i < outputs.Length; i++)
            if (_versions[inputs.Length + i] != outputs[i].Buffer.Version) return false;
        return true;
    }
}
