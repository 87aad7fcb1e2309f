using System.Diagnostics;
using System.Runtime.InteropServices;
using TrtBindings.Interop.Native;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Interop;

/// <summary>A library that the loader finds under a name of its own in any folder.</summary>
[Trait("Category", "Slow")]
public sealed class LibraryAliasTests : IDisposable
{
    private const ushort X64 = 62;

    private readonly string _folder = Directory.CreateTempSubdirectory("trtb alias ü-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_name_that_the_loader_does_not_find_gives_the_library_and_its_symbols()
    {
        const string Name = "libtrtb_alias_of_test.so.1.2.3";
        var path = ForeignResource.Build(_folder, "another-name.so");
        NativeLibrary.TryLoad(Name, out _).ShouldBeFalse();
        LibraryAlias.Load(Name, path, _folder).ShouldBeNull();
        NativeLibrary.TryLoad(Name, out var library).ShouldBeTrue();
        unsafe
        {
            ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, ForeignResource.Export))().ShouldBe(1);
        }

        Directory.GetFiles(_folder).ShouldBe([path], "nothing is left behind");
    }

    [SkippableFact]
    public void What_cannot_be_loaded_is_told_in_one_line_and_leaves_nothing()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Linux only");
        var absent = Path.Combine(_folder, "absent.so");
        LibraryAlias.Load("libtrtb_absent.so.1", absent, _folder).ShouldNotBeNull().ShouldContain(absent);
        LibraryAlias.Load("libtrtb_absent.so.1", absent, Path.Combine(_folder, "no folder")).ShouldNotBeNull()
            .ShouldNotContain("\n");
        Directory.GetFiles(_folder).ShouldBeEmpty();
        NativeLibrary.TryLoad("libtrtb_absent.so.1", out _).ShouldBeFalse();
    }

    [SkippableFact]
    public void The_file_says_its_name_what_it_needs_and_that_stacks_stay_as_they_are()
    {
        var file = Path.Combine(_folder, "alias.so");
        File.WriteAllBytes(file, LibraryAlias.Image(X64, "libwanted.so.9", "/somewhere/real file.so"));
        var said = ReadElf("-hldW", file);
        said.ShouldContain("DYN (Shared object file)");
        said.ShouldContain("Library soname: [libwanted.so.9]");
        said.ShouldContain("Shared library: [/somewhere/real file.so]");
        said.Split('\n').Single(line => line.Contains("GNU_STACK")).ShouldContain(" RW ");
        said.Split('\n').Count(line => line.Contains(" LOAD ")).ShouldBe(1);
        said.ShouldNotContain("Warning");
        new FileInfo(file).Length.ShouldBeLessThan(500);
    }

    private static string ReadElf(string options, string file)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Linux only");
        try
        {
            using var process = Process.Start(new ProcessStartInfo("readelf", [options, file])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["LC_ALL"] = "C" },
            })!;
            var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            return said;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "There is no readelf on this machine.");
            throw;
        }
    }
}
