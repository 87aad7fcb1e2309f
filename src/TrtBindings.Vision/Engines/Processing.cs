namespace TrtBindings.Vision;

/// <summary>Where an engine prepares pictures and makes results.</summary>
public enum Processing
{
    /// <summary>
    /// On the GPU that runs the model, as far as it can; the rest on the processor. <see cref="EngineProcessing"/> says what runs
    /// where, and why.
    /// </summary>
    Auto,

    /// <summary>On the GPU. An engine that cannot do all of it there is not made: <see cref="ProcessingException"/>.</summary>
    Gpu,

    /// <summary>On the processor.</summary>
    Cpu,
}

/// <summary>The place of a step of an engine's work.</summary>
public enum ProcessingPlace
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The GPU that runs the model.</summary>
    Gpu,
}

/// <summary>What an engine does where.</summary>
/// <param name="Preprocessing">Where pictures are prepared.</param>
/// <param name="Postprocessing">Where results are made.</param>
/// <param name="Reasons">Why what runs on the processor does not run on the GPU; empty if all runs on the GPU.</param>
public sealed record EngineProcessing(
    ProcessingPlace Preprocessing, ProcessingPlace Postprocessing, IReadOnlyList<string> Reasons)
{
    /// <summary>For example <c>preprocessing on the GPU, postprocessing on the CPU (the model's head is ...)</c>.</summary>
    public override string ToString()
    {
        var reasons = Reasons.Count == 0 ? "" : $" ({string.Join("; ", Reasons)})";
        return Preprocessing == Postprocessing
            ? $"preprocessing and postprocessing on the {Name(Preprocessing)}{reasons}"
            : $"preprocessing on the {Name(Preprocessing)}, postprocessing on the {Name(Postprocessing)}{reasons}";
    }

    private static string Name(ProcessingPlace place) => place == ProcessingPlace.Gpu ? "GPU" : "CPU";
}
