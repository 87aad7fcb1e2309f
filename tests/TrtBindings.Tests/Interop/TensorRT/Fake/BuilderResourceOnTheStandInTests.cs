using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;

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
    public void An_older_version_finds_it_by_its_plain_name_though_its_own_SONAME_is_another()
    {
        const string Name = "libnvinfer_builder_resource.so.10.3.0";
        var library = FakeLibrary.Load(100300);
        ForeignResource.Build(_folder, Name);
        var infer = Path.Combine(_folder, "libnvinfer.so.10");
        File.WriteAllText(infer, "");
        NativeLibrary.TryLoad(Path.Combine(_folder, Name), out _).ShouldBeTrue();
        NativeLibrary.TryLoad(Name, out _).ShouldBeFalse("loading it by its path is not enough");
        Use(library, infer).ShouldBeNull();
        NativeLibrary.TryLoad(Name, out var opened).ShouldBeTrue();
        NativeLibrary.TryGetExport(opened, ForeignResource.Export, out _).ShouldBeTrue();
        Use(library, infer).ShouldBeNull("it is loaded now, and nothing is to be done");
        Directory.GetFiles(_folder).Length.ShouldBe(2);
    }

    private static string? Use(TrtLibrary library, string path) => library.UseBuilderResource(
        TrtSiblings.Of(TrtFileNames.OfThisSystem, path, TrtLibrarySource.Option), 9, 0, Path.GetDirectoryName(path)!);
}
