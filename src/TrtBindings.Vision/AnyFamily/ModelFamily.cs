using TrtBindings.Vision.AnyFamily;

namespace TrtBindings.Vision;

/// <summary>
/// The family of a model, found from its description by the rules that the generator uses: shapes, labels and metadata. It makes
/// the family's engine without a generated class.
/// </summary>
public sealed class ModelFamily
{
    private readonly FamilyMatch _match;

    private ModelFamily(FamilyMatch match) => _match = match;

    /// <summary>Name of the family: the engine is <c>{Name}Engine</c>, such as <c>YoloSeg</c>.</summary>
    public string Name => _match.Rule.Task;

    /// <summary>The model's form, a member of the family's enum, such as <c>Dense</c> of <see cref="YoloForm"/>.</summary>
    public string Form => _match.Form;

    /// <summary>Number of classes; <see langword="null"/> if neither shapes nor metadata say it.</summary>
    public int? ClassCount => _match.ClassCount;

    /// <summary>Finds the family of a model.</summary>
    /// <param name="description">What the file says.</param>
    /// <param name="family">
    /// The generator's word for the family or the head (<c>TrtTask</c>), where the file does not tell it: <c>YoloDetect</c>,
    /// <c>YoloX</c>, <c>Classification</c>, in any case; <see langword="null"/> to find it.
    /// </param>
    /// <exception cref="ModelFamilyException">
    /// No family has such tensors and metadata; the error says what is missing or unclear. Or the word names no family.
    /// </exception>
    public static ModelFamily Of(ModelDescription description, string? family = null) =>
        new(Recognition.Match(description, family));

    /// <summary>Finds the family of a model, if it has one.</summary>
    /// <param name="description">What the file says.</param>
    /// <param name="family">The word of <c>TrtTask</c>; <see langword="null"/> to find it.</param>
    /// <returns><see langword="null"/> if no family fits.</returns>
    public static ModelFamily? Find(ModelDescription description, string? family = null) =>
        Recognition.TryMatch(description, family) is { Problem: null } match ? new(match) : null;

    /// <summary>Makes the family's engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A model of this family, such as an <see cref="UntypedOnnxModel"/>.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults of the family.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">Only one of InputWidth and InputHeight is set where both are needed.</exception>
    /// <exception cref="ModelOptionException">An option is set that the family does not have.</exception>
    /// <exception cref="TensorException">
    /// The model's tensors are not those of the family, or contradict an option; or its metadata does not say how images are
    /// prepared, and the options do not either.
    /// </exception>
    public VisionEngine CreateEngine(IRunnableModel model, VisionEngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return EngineFactory.Create(this, new FamilyModel(model, _match), options ?? new());
    }

    /// <summary>For example <c>YoloSeg, Dense, 80 classes</c>.</summary>
    public override string ToString() =>
        $"{Name}, {Form}" + (ClassCount is { } classes ? $", {classes} {(classes == 1 ? "class" : "classes")}" : "");
}
