namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Builds without TensorRT's builder resource library.</summary>
[Trait("Category", "Slow")]
public sealed class BuilderResourceTests
{
    /// <summary>Up to 10.14 the builder is null then. Later minors create a builder, and every build fails.</summary>
    [SkippableTheory]
    [InlineData(10, 0, "libnvinfer_builder_resource.so.10.0.0")]
    [InlineData(10, 6, "libnvinfer_builder_resource.so.10.6.0")]
    [InlineData(10, 16, "libnvinfer_builder_resource_sm86.so.10.16.0")]
    [InlineData(11, 1, "libnvinfer_builder_resource_sm86.so.11.1.0")]
    public void A_missing_builder_resource_is_named_with_its_package(int major, int minor, string file)
    {
        using var rig = new BuildRig(major, minor);
        rig.Fake.Set("resourceCapability", 86);
        rig.Fake.Set("needsBuilderResource", 1);
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        var message = rig.Refused(model).Message;
        message.ShouldContain($"cannot build engines without {file}, which is not in '{rig.Fake.Folder}'");
        message.ShouldContain($"tensorrt-cu12-libs or tensorrt-cu13-libs {major}.{minor}");
        message.ShouldContain("Ready engines run without it.");
        message.ShouldContain($"TensorRT said: ");
        message.ShouldContain($"Unable to load library: {file}");
    }

    [SkippableFact]
    public void A_builder_that_is_null_for_another_reason_is_an_error_of_its_own()
    {
        using var rig = new BuildRig();
        File.WriteAllText(Path.Combine(rig.Fake.Folder, "libnvinfer_builder_resource.so.10.6.0"), "");
        rig.Fake.Set("fail.builder", 1);
        rig.Refused(rig.Save("m.onnx", BuildModels.Fixed())).Message.ShouldContain("createInferBuilder");
    }
}
