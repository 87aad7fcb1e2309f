using System.Runtime.InteropServices;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Host;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Libraries of plug-ins: NVIDIA's beside libnvinfer, and the application's own.</summary>
[Trait("Category", "Slow")]
public sealed class PluginTests
{
    [SkippableFact]
    public void NVIDIAs_plug_ins_beside_the_library_are_initialised_once_before_a_model_is_read()
    {
        var plugins = "";
        using var rig = new BuildRig(prepare: folder => plugins = CopyTo(Path.Combine(folder, "libnvinfer_plugin.so.10")));
        Initialized(plugins).ShouldBe(1);
        rig.Host.PluginProblem.ShouldBeNull();
        File.Exists(rig.Build(rig.Save("m.onnx", BuildModels.Fixed()))).ShouldBeTrue();
        TensorRtHost.Open(new(rig.Fake.Path, rig.DriverPath, 0, null, [])).ShouldBeSameAs(rig.Host);
        Initialized(plugins).ShouldBe(1);
    }

    [SkippableFact]
    public void Another_library_of_the_applications_plug_ins_builds_again_and_says_so()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        var plugins = CopyTo(Path.Combine(rig.Folder, "mine.so"));
        rig.Settings = rig.Settings with { PluginLibraries = [plugins] };
        TensorRtHost.Open(new(rig.Fake.Path, rig.DriverPath, 0, null, [plugins])).ShouldBeSameAs(rig.Host);
        rig.Build(model);
        Why().ShouldBeEmpty();
        // Bytes after the end of a library mean nothing to the loader, and make it another file.
        File.AppendAllText(plugins, " ");
        Why().ShouldEndWith($"plug-in {plugins} has changed");
        rig.Settings = rig.Settings with { PluginLibraries = [] };
        Why().ShouldContain($"plug-in {plugins} was sha256:");

        string Why()
        {
            new EngineStore(rig.Log).Find(rig.Host, model, rig.Settings, out var why)?.Dispose();
            return why;
        }
    }

    private static string CopyTo(string path)
    {
        File.Copy(NativeBuild.Library("native/tensorrt/fake/plugin", "libnvinfer_plugin.so.10"), path);
        return path;
    }

    private static unsafe long Initialized(string path) =>
        ((delegate* unmanaged<long>)NativeLibrary.GetExport(NativeLibrary.Load(path), "fake_plugin_initialized"))();
}
