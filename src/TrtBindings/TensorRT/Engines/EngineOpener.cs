using System.Runtime.ExceptionServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Callbacks;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Engines;

/// <summary>Makes an engine of a plan, and says what is wrong with the plan where that does not work.</summary>
internal static class EngineOpener
{
    /// <summary>Opens a plan.</summary>
    /// <param name="host">TensorRT on the GPU, whose context is current.</param>
    /// <param name="plan">The plan; not used any more afterwards.</param>
    /// <param name="name">The file's path, or what stands for it.</param>
    /// <param name="allowHostCode">Whether a plan with code for the processor is opened.</param>
    /// <param name="bytes">Device memory that the engine took.</param>
    /// <exception cref="EngineFileException">Damaged, or of another TensorRT or GPU.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public static TrtEngine Open(TensorRtHost host, EnginePlan plan, string name, bool allowHostCode, out long bytes)
    {
        TrtEngine? engine = null;
        lock (host.OpenGate)
        {
            HostGpuMemory.TakeRefusal();
            TrtLogger.TakeErrors();
            host.Runtime.EngineHostCodeAllowed = allowHostCode;
            try
            {
                bytes = HostGpuMemory.Measure(() => engine = host.Runtime.DeserializeCudaEngine(plan.Address, plan.Length));
            }
            catch (TensorRtException e)
            {
                // TensorRT does not say it where the GPU is lost.
                host.Context.Synchronize();
                if ((HostGpuMemory.TakeRefusal() ?? e.InnerException) is CudaException refusal)
                    ExceptionDispatchInfo.Throw(refusal);
                throw Refusal(host, plan, name, e);
            }
            finally
            {
                host.Runtime.EngineHostCodeAllowed = false;
            }
        }

        return engine!;
    }

    /// <summary>
    /// Whether an engine, as it was opened, is without the weights that it needs. TensorRT has no question for that: the
    /// refitter names missing weights only once some are given. So the engine is written without its weights: if it is hardly
    /// larger with them, it had none.
    /// </summary>
    /// <remarks>
    /// Host memory for a copy of what is not weights, for the length of the call; for the whole plan too where weights that can
    /// be put in are a small part of it.
    /// </remarks>
    /// <param name="engine">The engine, not refitted yet.</param>
    /// <param name="planBytes">Size of the plan that it was opened from.</param>
    /// <exception cref="TensorRtException">TensorRT does not write the engine.</exception>
    public static bool LacksWeights(TrtEngine engine, long planBytes)
    {
        using var refitter = engine.TryCreateRefitter();
        if (refitter is null) return false;
        if (refitter.GetMissingWeights().Length > 0) return true;
        long weights = 0;
        foreach (var name in refitter.GetAllWeights())
        {
            var prototype = refitter.GetWeightsPrototype(new(name));
            weights += Math.Max(prototype.Count, 0) * TrtElementTypes.Of(prototype.Type).BitWidth() / 8;
        }

        if (weights == 0) return false;
        // The types are those of the network: 32-bit weights may lie in the plan as 16 bits, 8 or 4.
        var least = weights / 16;
        long without;
        using (var memory = engine.Serialize(TrtSerializationFlag.ExcludeWeights)) without = (long)memory.Size;
        if (planBytes - without > least) return false;
        // Few weights are lost in what TensorRT adds to a plan that it writes again: 336 bytes in 10.6.
        try
        {
            using var whole = engine.Serialize();
            return (long)whole.Size - without <= least;
        }
        catch (TensorRtException)
        {
            // It is written without weights and not with them.
            return true;
        }
    }

    /// <summary>The error of an engine that is without its weights: it would run, and its numbers mean nothing.</summary>
    public static EngineFileException WithoutWeights(string name) => new(name, $"The engine '{name}' was built without its "
        + "weights. Load it together with the .onnx file that it was built from, which puts them in, or build it without "
        + "StripWeights.");

    private static bool IsOf(Version built, TrtVersion loaded) => built.Major == loaded.Major && built.Minor == loaded.Minor
        && built.Build == loaded.Patch && (loaded.Build == 0 || built.Revision == loaded.Build);

    private static EngineFileException Refusal(TensorRtHost host, EnginePlan plan, string name, TensorRtException error)
    {
        var loaded = host.Library.Version;
        var said = error.Messages.Count == 0
            ? "TensorRT gave no reason."
            : $"TensorRT said: {string.Join(" | ", error.Messages)}";
        var start = plan.Span(0, (int)Math.Min(plan.Length, EnginePlanHeader.Size));
        string why;
        if (!EnginePlanHeader.TryParse(start, out var header))
            why = "it is not a plan of TensorRT. Give the file that the builder wrote";
        else if (header.Length > plan.Length)
            why = $"it is cut off after {plan.Length:N0} of {header.Length:N0} bytes. Copy or build it again";
        else if (header.BuiltWith is { } built && !IsOf(built, loaded))
            why = $"it was built with TensorRT {built}, and {loaded} is loaded. Build it with this version, or load that one";
        else
            why = $"it is damaged, or was built for another GPU than {host.Context.Device} (compute capability "
                + $"{host.Context.Device.ComputeCapability}). Build it again here";
        var plugins = host.PluginProblem is { } problem ? $" NVIDIA's plug-ins are not loaded: {problem}" : "";
        return new(name, $"The engine '{name}' cannot be opened: {why}. {said}{plugins}", error);
    }
}
