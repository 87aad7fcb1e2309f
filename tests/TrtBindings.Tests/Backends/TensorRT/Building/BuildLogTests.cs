using TrtBindings.TensorRT.Building;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>The lines about builds, with a logger and without.</summary>
public sealed class BuildLogTests
{
    [Fact]
    public void Without_a_logger_the_console_gets_one_line_when_a_build_begins_and_one_when_it_ends()
    {
        using var console = new StringWriter();
        var log = new BuildLog(null, console);
        log.Begin("m.onnx", "10.6.0.26", "NVIDIA H100", "option TF32 was off, is on");
        log.Wait("m.onnx");
        log.Note("a note");
        log.End("m.onnx", "/cache/m.engine", 3);
        console.ToString().ReplaceLineEndings("\n").ShouldBe(
            "TrtBindings: option TF32 was off, is on. Building an engine of 'm.onnx' with TensorRT "
            + "10.6.0.26 on NVIDIA H100; this may take minutes.\n"
            + "TrtBindings: The engine of 'm.onnx' was built in 3.0 s.\n");
    }

    [Fact]
    public void With_a_logger_nothing_goes_to_the_console()
    {
        using var console = new StringWriter();
        var logger = new RecordingBuildLogger();
        var log = new BuildLog(logger, console);
        log.Begin("m.onnx", "10.6.0.26", "NVIDIA H100", "why");
        log.Wait("m.onnx");
        log.Note("a note");
        log.End("m.onnx", "/cache/m.engine", 3);
        log.EndWithout("m.onnx", 3);
        console.ToString().ShouldBeEmpty();
        logger.Lines.Length.ShouldBe(5);
        logger.Lines[0].ShouldBe(
            "why. Building an engine of 'm.onnx' with TensorRT 10.6.0.26 on NVIDIA H100; this may take minutes.");
    }
}
