using TrtBindings.Options;

namespace TrtBindings;

/// <summary>
/// How an engine is compared with ONNX Runtime on the processor before it is used: after a build, by <c>BuildEngine</c> and by
/// loading with <see cref="BuildPolicy.WhenMissing"/>.
/// </summary>
public sealed record ParityOptions
{
    /// <summary>What happens with an engine that answers otherwise. It is refused by default.</summary>
    public ParityPolicy Policy { get; set; }

    /// <summary>
    /// What outputs may differ by; <see langword="null"/> takes <see cref="ParityTolerance.Of"/> the precision of the engine.
    /// </summary>
    public ParityTolerance? Tolerance { get; set; }

    /// <summary>
    /// Fills the inputs of a run at the sizes that they have, with what the application gives the model: prepared pictures, for
    /// example. <see cref="TensorSet.Tensors"/> are those of the file in its order, as <see cref="InputTensor{T}"/>. Called once
    /// for each size, on the thread that builds. <see langword="null"/> takes drawn pictures and numbers that are the same each
    /// time; they fit families whose preparation is known, and models whose inputs may hold anything.
    /// </summary>
    public Action<TensorSet>? Samples { get; set; }

    /// <summary>
    /// Also compares what is read from the outputs, where it knows the model: <c>VisionParity.Default</c> of TrtBindings.Vision
    /// compares objects, classes and maps. <see langword="null"/> compares numbers only.
    /// </summary>
    public IResultParity? Results { get; set; }

    /// <summary>
    /// Path of the .onnx that ONNX Runtime runs as the reference; <see langword="null"/> takes the model itself. It must have the
    /// model's inputs and outputs. For a model that ONNX Runtime's processor does not run, such as a BF16 one.
    /// </summary>
    public string? Reference { get; set; }

    /// <summary>
    /// The most engines that are built to find the layer at which a refused one begins to stray: the same engine with values
    /// between its layers as further outputs, of which each build compares up to 16. Each takes about as long as the build
    /// itself, without kernels that were timed already. 0 finds nothing and names the output only. 3 by default, which is enough
    /// for 4 900 layers.
    /// </summary>
    public int LayerSearchBuilds { get; set; } = 3;

    /// <summary>
    /// Builds an engine again though the cache remembers that the same one was refused. Without it a load with
    /// <see cref="BuildPolicy.WhenMissing"/> fails at once, with the error of that build, until the model, an option, TensorRT,
    /// the GPU or the driver is another one. <c>BuildEngine</c> always builds again.
    /// </summary>
    public bool RetryRefused { get; set; }

    /// <summary>A checked copy.</summary>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used.</exception>
    internal ParityOptions Snapshot()
    {
        const string Here = nameof(ParityOptions);
        OptionCheck.Defined(Policy, Here, nameof(Policy));
        OptionCheck.NotBlank(Reference, Here, nameof(Reference));
        OptionCheck.AtLeast(0, LayerSearchBuilds, Here, nameof(LayerSearchBuilds));
        Tolerance?.Check($"{Here}.{nameof(Tolerance)}");
        return this with { };
    }
}

/// <summary>What happens with an engine that does not answer as the reference does.</summary>
public enum ParityPolicy
{
    /// <summary>
    /// It is not kept, and <see cref="EngineParityException"/> names the output. So is one that cannot be compared.
    /// </summary>
    Refuse,

    /// <summary>It is kept and used, and the log gets a warning.</summary>
    Warn,

    /// <summary>Engines are not compared.</summary>
    Off,
}
