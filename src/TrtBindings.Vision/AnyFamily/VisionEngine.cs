namespace TrtBindings.Vision;

/// <summary>
/// The engine of whatever family a model is of, for programs that get a file at run time. It has an engine of the family inside,
/// gives its results, and throws what <see cref="ImageEngine{TResult}"/> lists. A program that knows its model uses the engine of
/// the family: that has typed labels, the family's own options, and calls that allocate nothing.
/// </summary>
/// <remarks>
/// <code>
/// using var model = UntypedOnnxModel.Load("model.onnx");
/// using var engine = VisionEngine.Create(model);
/// foreach (var one in engine.Run(photo.AsView()).Objects) Console.WriteLine(one);   // mug 0.97 [12.5 30.0 118.2 240.9] 12034 px
/// </code>
/// </remarks>
public abstract class VisionEngine : IDisposable
{
    private protected VisionEngine(ModelFamily family, ModelSignature signature) => (Family, Labels) = (family, signature.Labels);

    /// <summary>The model's family.</summary>
    public ModelFamily Family { get; }

    /// <summary>Class labels by number, as in the file's metadata; empty if it has none.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The most images that one call takes.</summary>
    public abstract int MaxBatch { get; }

    /// <summary>Width of the model's input in pixels; <see langword="null"/> if it follows the size of each image.</summary>
    public abstract int? InputWidth { get; }

    /// <summary>Height of the model's input in pixels; <see langword="null"/> if it follows the size of each image.</summary>
    public abstract int? InputHeight { get; }

    /// <summary>What runs on the GPU, and why the rest does not.</summary>
    public abstract EngineProcessing Processing { get; }

    /// <summary>Times of the last successful call, for its whole batch; zero before the first.</summary>
    public abstract EngineTimings LastTimings { get; }

    /// <summary>Finds the family of a loaded model and makes its engine. The engine does not dispose the model.</summary>
    /// <param name="model">The model, such as an <see cref="UntypedOnnxModel"/>.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults of the family.</param>
    /// <exception cref="ModelFamilyException">The model is of no family that has an engine.</exception>
    /// <inheritdoc cref="ModelFamily.CreateEngine" path="/exception"/>
    public static VisionEngine Create(IRunnableModel model, VisionEngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelFamily.Of(model.Description).CreateEngine(model, options);
    }

    /// <summary>
    /// Builds the TensorRT engine of a file, or finds it in the cache. A new engine is compared by what this class reads from its
    /// outputs too (<see cref="VisionParity"/>), unless <see cref="ParityOptions.Results"/> is set.
    /// </summary>
    /// <param name="path">Path of the .onnx.</param>
    /// <param name="options">
    /// The options that the load will get, which stay as they are; the defaults if <see langword="null"/>.
    /// </param>
    /// <param name="progress">Gets the progress of the build, called from TensorRT's threads.</param>
    /// <param name="cancellationToken">Cancels the build; nothing is left behind.</param>
    /// <inheritdoc cref="UntypedOnnxModel.BuildEngine" path="/exception"/>
    public static BuiltEngine BuildEngine(string path, ModelOptions? options = null, IProgress<BuildProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options = (options ?? new()) with { };
        var parity = options.TensorRT.Parity;
        options.TensorRT = options.TensorRT with { Parity = parity with { Results = parity.Results ?? VisionParity.Default } };
        return UntypedOnnxModel.BuildEngine(path, options, progress, cancellationToken);
    }

    /// <summary>Size of the model's input for an image of a size, in pixels.</summary>
    /// <exception cref="ImageException">The image is too extreme in shape.</exception>
    /// <exception cref="TensorException">The model does not take an image of this size.</exception>
    public abstract (int Width, int Height) InputSizeOf(int imageWidth, int imageHeight);

    /// <summary>Runs one image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public abstract VisionResult Run(ImageView image, CancellationToken cancellationToken = default);

    /// <summary>Runs several images with one run of the model; one result for each image, in order.</summary>
    /// <param name="images">The images, at most <see cref="MaxBatch"/>.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public abstract IReadOnlyList<VisionResult> Run(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default);

    /// <summary>Frees the engine's tensors. The model stays loaded.</summary>
    public abstract void Dispose();

    /// <summary>The name of a label; its number if the model has no names.</summary>
    private protected string NameOf(ClassNumber label) =>
        (int)label < Labels.Count ? Labels[(int)label] : ((int)label).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
