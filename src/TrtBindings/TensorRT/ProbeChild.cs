using TrtBindings.Backends;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT;

/// <summary>
/// The part of a probe that runs in the probe process: opens the engine and reports the result. Its purpose is to crash in place
/// of the application.
/// </summary>
internal static class ProbeChild
{
    /// <summary>Tries every step, the least dangerous first.</summary>
    public static ProbeAnswer Run(ProbeRequest request)
    {
        var (version, gpu) = ("", "");
        try
        {
            var host = TensorRtHost.Open(request.Options);
            (version, gpu) = (host.Library.Version.ToString(), host.GpuName);
            using var scope = host.Context.Enter();
            // What it says of building is no failure: ready engines run all the same.
            var scratch = Directory.CreateTempSubdirectory("trtbindings-probe-").FullName;
            string building;
            try
            {
                building = ProbeCalls.Try(host, withBuilder: request.Engine is null, scratch);
            }
            finally
            {
                Directory.Delete(scratch, recursive: true);
            }

            return new(
                ProbeOutcome.Works, building, version, gpu, request.Engine is null ? [] : OpenEngine(host, request));
        }
        catch (EngineFileException e)
        {
            return new(ProbeOutcome.EngineRefused, e.Message, version, gpu, []);
        }
        catch (TrtBindingsException e)
        {
            return new(ProbeOutcome.NoTensorRt, e.Message, version, gpu, []);
        }
    }

    private static List<string> OpenEngine(TensorRtHost host, ProbeRequest request)
    {
        using var file = EnginePlanFile.Open(request.Engine!);
        using var plan = file.ReadPlan();
        using var engine = EngineOpener.Open(host, plan, file.Path, request.Options.TensorRT.VersionCompatible, out _);
        try
        {
            using var context = engine.CreateExecutionContext(default);
            return [.. Enumerable.Range(0, engine.NbIOTensors).Select(index => Describe(engine, index))];
        }
        catch (TensorRtException e)
        {
            throw new EngineFileException(file.Path, $"TensorRT cannot run the engine '{file.Path}': {e.Message}", e);
        }
    }

    private static string Describe(TrtEngine engine, int index)
    {
        var name = new TrtName(engine.GetIOTensorName(index));
        return $"{engine.GetTensorIOMode(name)} {name}: {engine.GetTensorDataType(name)} {engine.GetTensorShape(name)}";
    }
}
