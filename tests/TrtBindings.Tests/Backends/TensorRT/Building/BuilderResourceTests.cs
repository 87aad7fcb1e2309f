using System.Runtime.InteropServices;
using TrtBindings.Tests.Interop.TensorRT.Fake;

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

    /// <summary>As the real 10.6: the loader does not search the folder, and the file's SONAME is not its name.</summary>
    [SkippableFact]
    public void A_resource_beside_the_library_in_use_is_found_wherever_that_is()
    {
        const string File = "libnvinfer_builder_resource.so.10.4.0";
        using var rig = new BuildRig(10, 4, prepare: folder => ForeignResource.Build(folder, File));
        rig.Fake.Set("needsBuilderResource", 1);
        NativeLibrary.TryLoad(File, out _).ShouldBeFalse();
        rig.Build(rig.Save("m.onnx", BuildModels.Fixed()));
        rig.Fake.Get("builds").ShouldBe(1);
        rig.CacheFiles("*.tmp").ShouldBeEmpty();
        rig.CacheFiles(".*").ShouldBeEmpty();
        var maps = System.IO.File.ReadLines("/proc/self/maps");
        var stack = maps.Single(line => line.EndsWith("[stack]", StringComparison.Ordinal));
        stack.Split(' ')[1].ShouldBe("rw-p", "an executable stack");
    }

    [SkippableFact]
    public void A_resource_that_cannot_be_opened_is_told_with_the_variable_that_names_folders_of_libraries()
    {
        const string File = "libnvinfer_builder_resource.so.10.5.0";
        using var rig = new BuildRig(
            10, 5, prepare: folder => System.IO.File.WriteAllText(Path.Combine(folder, File), "no library"));
        rig.Fake.Set("needsBuilderResource", 1);
        var message = rig.Refused(rig.Save("m.onnx", BuildModels.Fixed())).Message;
        message.ShouldContain("TensorRT 10.5.0.7 does not open its builder resource, which lies beside the libnvinfer in use.");
        message.ShouldContain($"Start the program with '{rig.Fake.Folder}' in the environment variable LD_LIBRARY_PATH.");
        message.ShouldContain(File, customMessage: "the loader's own words");
        message.ShouldContain("TensorRT said: Unable to load library: ");
        rig.CacheFiles(".*").ShouldBeEmpty();
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
