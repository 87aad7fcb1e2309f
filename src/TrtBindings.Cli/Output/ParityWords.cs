namespace TrtBindings.Cli.Output;

/// <summary>The verdict on an engine in one line.</summary>
internal static class ParityWords
{
    /// <summary>The verdict on the engine that runs a model; <see langword="null"/> if no engine does.</summary>
    public static string? Of(BackendInfo backend) => backend.Kind != BackendKind.TensorRT ? null : Of(backend.Parity);

    /// <summary>A verdict.</summary>
    /// <param name="parity">The report; <see langword="null"/> if the engine was never compared.</param>
    public static string Of(ParityReport? parity)
    {
        if (parity is null) return "not compared with ONNX Runtime: a ready engine, or one that was built with --parity off";
        var head = parity.ToString().ReplaceLineEndings("\n").Split('\n')[0];
        return parity.Failure is { } failure ? $"{head}, at {failure}" : head;
    }
}
