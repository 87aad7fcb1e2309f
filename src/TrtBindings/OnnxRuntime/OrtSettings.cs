using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>How a session is made.</summary>
/// <param name="IntraOpThreads">Threads within one operator; 0 for ONNX Runtime's default.</param>
/// <param name="InterOpThreads">Operators that run at the same time; 0 or 1 runs them one after the other.</param>
/// <param name="GraphOptimizationLevel">ONNX Runtime's <c>GraphOptimizationLevel</c>.</param>
/// <param name="LibraryPath">The native library to load; <see langword="null"/> to search.</param>
/// <param name="Configure">What the application does with the session's options.</param>
/// <param name="SharedThreads">Threads of the pool that sessions share; <see langword="null"/> for a pool of its own.</param>
/// <param name="AllowSpinning">Whether idle threads spin; <see langword="null"/> for ONNX Runtime's default.</param>
internal readonly record struct OrtSettings(int IntraOpThreads, int InterOpThreads, int GraphOptimizationLevel,
    string? LibraryPath, Action<SessionOptions>? Configure = null, int? SharedThreads = null, bool? AllowSpinning = null)
{
    private const int All = 99;

    /// <summary>New session options with these settings. The application's part comes last.</summary>
    /// <param name="cuda">Options of the CUDA provider; <see langword="null"/> to leave it out.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime refuses a value, or what the application does.</exception>
    /// <exception cref="ModelOptionException">The application has set twice what can be set once.</exception>
    public SessionOptions ToSessionOptions(OrtCUDAProviderOptions? cuda = null)
    {
        var options = OrtErrors.Call("CreateSessionOptions", () => new SessionOptions());
        try
        {
            var settings = this;
            OrtErrors.Call("SetSessionOptions", () => settings.Apply(options, cuda));
            if (Configure is not { } configure) return options;
            OrtErrors.CallApplication("ModelOptions.ConfigureSession", () => configure(options));
            ThrowIfSetTwice(options);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    /// <summary>The session's entries for <see cref="AllowSpinning"/>, by ONNX Runtime's names.</summary>
    internal (string Name, string Value)[] SpinningEntries() => AllowSpinning is not { } spins ? [] :
    [
        ("session.intra_op.allow_spinning", spins ? "1" : "0"), ("session.inter_op.allow_spinning", spins ? "1" : "0"),
    ];

    private void Apply(SessionOptions options, OrtCUDAProviderOptions? cuda)
    {
        options.GraphOptimizationLevel = (GraphOptimizationLevel)GraphOptimizationLevel;
        if (IntraOpThreads > 0) options.IntraOpNumThreads = IntraOpThreads;
        if (InterOpThreads > 1)
        {
            options.ExecutionMode = ExecutionMode.ORT_PARALLEL;
            options.InterOpNumThreads = InterOpThreads;
        }

        if (SharedThreads is not null) options.DisablePerSessionThreads();
        foreach (var (name, value) in SpinningEntries()) options.AddSessionConfigEntry(name, value);
        if (cuda is not null) options.AppendExecutionProvider_CUDA(cuda);
        // So that the session can tell which provider its nodes were assigned to.
        if (cuda is not null || Configure is not null)
            options.AddSessionConfigEntry("session.record_ep_graph_assignment_info", "1");
    }

    private void ThrowIfSetTwice(SessionOptions options)
    {
        var name = IntraOpThreads > 0 && options.IntraOpNumThreads != IntraOpThreads ? nameof(ModelOptions.IntraOpThreads)
            : InterOpThreads > 1 && options.InterOpNumThreads != InterOpThreads ? nameof(ModelOptions.InterOpThreads)
            : GraphOptimizationLevel != All && (int)options.GraphOptimizationLevel != GraphOptimizationLevel
                ? nameof(ModelOptions.GraphOptimization)
            : null;
        if (name is null) return;
        throw new ModelOptionException($"ModelOptions.{name}", $"ModelOptions.{name} and ModelOptions.ConfigureSession set "
            + "different values of the same option of the session. Set it in one place.");
    }
}
