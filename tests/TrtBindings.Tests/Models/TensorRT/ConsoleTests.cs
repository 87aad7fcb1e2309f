using TrtBindings.Tests.Backends;
using TrtBindings.Tests.Backends.TensorRT.Building;
using TrtBindings.Tests.Interop;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>The console output of a process without a logger, that of native libraries included.</summary>
[Trait("Category", "Slow")]
public sealed class ConsoleTests : IDisposable
{
    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void Only_the_build_that_a_load_begins_unasked_is_announced_and_its_end()
    {
        var (output, errors) = Run(announce: true);
        output.ShouldBeEmpty();
        var lines = errors.Split('\n', StringSplitOptions.TrimEntries);
        lines.Length.ShouldBe(2, errors);
        lines[0].ShouldStartWith("TrtBindings: ");
        lines[0].ShouldEndWith("this may take minutes.");
        lines[1].ShouldStartWith("TrtBindings: The engine of ");
    }

    [SkippableFact]
    public void An_application_can_turn_that_off() => Run(announce: false).ShouldBe(("", ""));

    private (string Output, string Errors) Run(bool announce)
    {
        var model = Write("m.onnx", BuildModels.Fixed().ToBytes());
        var failing = Write("gather.onnx", TestModels.Gather());
        var (exitCode, output, errors) = Probe.Run(Probe.Folder, "--console", model, failing,
            _rig.Options.TensorRT.CacheFolder!, _rig.Trt.Path, _rig.Driver.Path, $"{announce}");
        exitCode.ShouldBe(0, output + errors);
        return (output, errors);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_rig.Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
