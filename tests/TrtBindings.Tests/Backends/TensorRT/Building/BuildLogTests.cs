using TrtBindings.TensorRT.Building;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Who waits for minutes is told why, with a logger or without.</summary>
public sealed class BuildLogTests
{
    [Fact]
    public void Without_a_logger_a_build_is_announced_on_the_standard_error_in_one_line()
    {
        using var errors = new StringWriter();
        var log = new BuildLog(null, errors);
        log.Starts("m.onnx", "10.6.0.26", "NVIDIA H100", "option TF32 was off, is on");
        log.Ended("m.onnx", "/cache/m.engine", 3);
        errors.ToString().ReplaceLineEndings("\n").ShouldBe(
            "TrtBindings: option TF32 was off, is on. Building an engine of 'm.onnx' with TensorRT "
            + "10.6.0.26 on NVIDIA H100; this may take minutes.\n");
    }

    [Fact]
    public void With_a_logger_nothing_goes_to_the_standard_error()
    {
        using var errors = new StringWriter();
        var logger = new RecordingBuildLogger();
        var log = new BuildLog(logger, errors);
        log.Starts("m.onnx", "10.6.0.26", "NVIDIA H100", "why");
        log.Waits("m.onnx");
        log.Note("a note");
        log.Ended("m.onnx", "/cache/m.engine", 3);
        errors.ToString().ShouldBeEmpty();
        logger.Lines.Length.ShouldBe(4);
        logger.Lines[0].ShouldBe(
            "why. Building an engine of 'm.onnx' with TensorRT 10.6.0.26 on NVIDIA H100; this may take minutes.");
    }
}
