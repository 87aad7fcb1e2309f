using System.Runtime.ExceptionServices;
using TrtBindings.Backends;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Running;

/// <summary>Deserializes an engine from a plan, and explains what is wrong with a plan that cannot be opened.</summary>
internal static class EngineOpener
{
    /// <summary>Opens a plan.</summary>
    /// <param name="host">TensorRT on the GPU, whose context is current.</param>
    /// <param name="plan">The plan. It is not used after this returns.</param>
    /// <param name="name">The file's path or another name for messages.</param>
    /// <param name="allowHostCode">Opens plans that carry code for the CPU too.</param>
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
                Gpus.CopyStreamOf(host.Context).Synchronize();
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
    /// Tells whether an opened engine lacks the weights that it needs. TensorRT has no call for that: the refitter names missing
    /// weights only after some were given. So the engine is serialized without its weights. If it is hardly larger with them, it
    /// has none.
    /// </summary>
    /// <remarks>
    /// Needs host memory during the call: a copy of the engine without its weights, and of the whole engine too if refittable
    /// weights are a small part of it.
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
        // The prototypes have the network's types. The plan may hold 32-bit weights as 16, 8 or 4 bits.
        var least = weights / 16;
        long without;
        using (var memory = engine.Serialize(TrtSerializationFlag.ExcludeWeights)) without = memory.Size;
        if (planBytes - without > least) return false;
        // A few weights are less than what TensorRT adds when it serializes an engine again: 336 bytes in 10.6.
        try
        {
            using var whole = engine.Serialize();
            return whole.Size - without <= least;
        }
        catch (TensorRtException)
        {
            // TensorRT serializes it without weights but not with them.
            return true;
        }
    }

    /// <summary>The error for an engine without its weights. It would run, but compute nonsense.</summary>
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
