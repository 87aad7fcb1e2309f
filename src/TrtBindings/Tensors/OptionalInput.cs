namespace TrtBindings;

/// <summary>
/// An input with a default in the model file. A run uses the default until <see cref="OptionalInput{TTensor}.Set"/> is called.
/// </summary>
public abstract class OptionalInput
{
    private protected OptionalInput(TensorDescription description) => Description = description;

    /// <summary>The declaration in the model file.</summary>
    public TensorDescription Description { get; }

    /// <summary>The name in the model file.</summary>
    public string Name => Description.Name;

    /// <summary>True if runs get a value from the caller, false if they use the default.</summary>
    public abstract bool IsSet { get; }

    /// <summary>
    /// Uses the default again. The memory and the elements are kept for the next
    /// <see cref="OptionalInput{TTensor}.Set"/>. The next run binds the inputs anew.
    /// </summary>
    /// <exception cref="TensorsInUseException">A run is using the inputs.</exception>
    /// <exception cref="ObjectDisposedException">The inputs are disposed.</exception>
    public abstract void UseDefault();

    /// <summary>For example <c>alpha: float [1], the default</c>.</summary>
    public override string ToString() => $"{Description}, {(IsSet ? "set" : "the default")}";

    /// <summary>The value that runs get; <see langword="null"/> for the default.</summary>
    internal abstract TensorBuffer? Given { get; }

    /// <summary>The memory, also while the default is used; <see langword="null"/> before the first value.</summary>
    internal abstract TensorBuffer? Memory { get; }
}
