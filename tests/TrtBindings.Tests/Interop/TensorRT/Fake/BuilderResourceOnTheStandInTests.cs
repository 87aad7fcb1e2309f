using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>TensorRT uses the builder resource beside the libnvinfer in use, wherever the loader would look.</summary>
[Collection(FakeCollection.Name)]
[Trait("Category", "Slow")]
public sealed class BuilderResourceOnTheStandInTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_version_that_takes_a_folder_is_told_the_one_that_has_it()
    {
        using var fake = new TrtStandIn(10, 16);
        fake.Set("needsBuilderResource", 1);
        var link = Path.Combine(_folder, "libnvinfer.so.10");
        File.CreateSymbolicLink(link, fake.Path);
        using var build = new StandInBuild(fake);
        build.AddProfile(1, 2, 4);
        Use(fake.Library, link);
        fake.Get("internalLibraryPaths").ShouldBe(0, "there is no such file, and TensorRT says so itself");
        Should.Throw<TensorRtException>(build.Plan);

        File.WriteAllText(Path.Combine(_folder, "libnvinfer_builder_resource_sm90.so.10.16.0"), "");
        Use(fake.Library, link);
        build.Plan().ShouldNotBeEmpty();
    }

    [SkippableFact]
    public void An_older_version_gets_it_loaded_before_it_asks_for_its_plain_name()
    {
        const string Name = "libnvinfer_builder_resource.so.10.3.0";
        var library = FakeLibrary.Load(100300);
        var source = Path.Combine(_folder, "resource.cpp");
        File.WriteAllText(source, "extern \"C\" int kernels() { return 1; }\n");
        File.Copy(NativeBuild.Library([source], Name, $"-Wl,-soname,{Name}"), Path.Combine(_folder, Name));
        var infer = Path.Combine(_folder, "libnvinfer.so.10");
        File.WriteAllText(infer, "");
        NativeLibrary.TryLoad(Name, out _).ShouldBeFalse();
        Use(library, infer);
        NativeLibrary.TryLoad(Name, out _).ShouldBeTrue();
    }

    private static void Use(TrtLibrary library, string path) =>
        library.UseBuilderResource(TrtSiblings.Of(TrtFileNames.OfThisSystem, path, TrtLibrarySource.Option), 9, 0);
}
