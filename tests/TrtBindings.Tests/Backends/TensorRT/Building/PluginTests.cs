using System.Runtime.InteropServices;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Running;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Plug-in libraries: NVIDIA's beside libnvinfer, and the application's own.</summary>
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
        TensorRtHost.Open(new() { TensorRT = rig.Options }).ShouldBeSameAs(rig.Host);
        Initialized(plugins).ShouldBe(1);
    }

    [SkippableFact]
    public void Another_library_of_the_applications_plug_ins_builds_again_and_says_so()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        var plugins = CopyTo(Path.Combine(rig.Folder, "mine.so"));
        rig.Options = rig.Options with { PluginLibraries = [plugins] };
        TensorRtHost.Open(new() { TensorRT = rig.Options }).ShouldBeSameAs(rig.Host);
        rig.Build(model);
        Why().ShouldBeEmpty();
        // The loader ignores bytes after the end of a library, but the file's hash changes.
        File.AppendAllText(plugins, " ");
        Why().ShouldEndWith("plug-in mine.so has changed");
        rig.Options = rig.Options with { PluginLibraries = [] };
        Why().ShouldContain("plug-in mine.so was sha256:");

        string Why()
        {
            EngineStore.Find(rig.Recipe(model), out var why, default)?.Dispose();
            return why;
        }
    }

    [SkippableFact]
    public void A_library_of_plug_ins_in_another_folder_is_the_same_library()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        string[] places = [rig.Folder, Directory.CreateDirectory(Path.Combine(rig.Folder, "moved")).FullName];
        var plugins = places.Select(place => CopyTo(Path.Combine(place, "mine.so"))).ToArray();
        rig.Options = rig.Options with { PluginLibraries = [plugins[0]] };
        var path = rig.Build(model);
        rig.Options = rig.Options with { PluginLibraries = [plugins[1]] };
        rig.Build(model).ShouldBe(path);
        rig.Options = rig.Options with { PluginLibraries = plugins };
        rig.Build(model).ShouldBe(path);
        rig.Fake.Get("builds").ShouldBe(1);
    }

    private static string CopyTo(string path)
    {
        File.Copy(NativeBuild.Library("native/tensorrt/fake/plugin", "libnvinfer_plugin.so.10"), path);
        return path;
    }

    private static unsafe long Initialized(string path) =>
        ((delegate* unmanaged<long>)NativeLibrary.GetExport(NativeLibrary.Load(path), "fake_plugin_initialized"))();
}
