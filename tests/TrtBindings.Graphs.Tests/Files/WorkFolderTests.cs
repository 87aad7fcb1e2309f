using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Files;

/// <summary>What is not whole yet lies in a folder that a later process removes if its own was killed.</summary>
public sealed class WorkFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Target => _folder["net.onnx"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_beside_the_file_and_gone_with_all_that_is_in_it()
    {
        using (var work = WorkFolder.Beside(Target))
        {
            File.WriteAllText(work["half"], "of a file");
            Path.GetDirectoryName(Path.GetDirectoryName(work["half"])).ShouldBe(Path.GetDirectoryName(Target));
            _folder.Files().ShouldHaveSingleItem().ShouldEndWith(".tmp");
        }

        _folder.Files().ShouldBeEmpty();
    }

    [Fact]
    public void One_whose_process_is_gone_is_removed_and_one_that_is_held_stays()
    {
        var left = Left(".0123456789abcdef0123456789abcdef.tmp");
        File.WriteAllText(Path.Combine(left, "net.onnx"), "half");
        using var held = WorkFolder.Beside(Target);
        Directory.Exists(left).ShouldBeFalse();
        File.WriteAllText(held["net.onnx"], "half");
        using var other = WorkFolder.Beside(_folder["other.onnx"]);
        File.Exists(held["net.onnx"]).ShouldBeTrue();
    }

    [Fact]
    public void What_has_another_name_or_no_lock_yet_stays_until_it_is_a_day_old()
    {
        var (user, fresh) = (Left(".tmp"), Directory.CreateDirectory(_folder[$".{Guid.NewGuid():N}.tmp"]).FullName);
        var old = Directory.CreateDirectory(_folder[$".{Guid.NewGuid():N}.tmp"]).FullName;
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));
        using (WorkFolder.Beside(Target))
            (Directory.Exists(user), Directory.Exists(fresh), Directory.Exists(old)).ShouldBe((true, true, false));
    }

    [Theory]
    [InlineData(".cache.tmp")]
    [InlineData(".0123456789abcdef0123456789abcde.tmp")]
    [InlineData(".0123456789abcdef0123456789abcdeg.tmp")]
    [InlineData(".0123456789abcdef0123456789abcdef0.tmp")]
    public void A_folder_of_the_user_stays_whatever_its_age(string name)
    {
        var user = Left(name);
        File.WriteAllText(Path.Combine(user, "work"), "of a month");
        foreach (var path in (string[])[user, Directory.CreateDirectory(_folder[".old.tmp"]).FullName])
            Directory.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-30));
        using (WorkFolder.Beside(Target))
            (File.Exists(Path.Combine(user, "work")), Directory.Exists(_folder[".old.tmp"])).ShouldBe((true, true));
    }

    [Fact]
    public void The_folder_of_the_file_is_made_and_one_that_cannot_be_is_an_error_without_a_rest()
    {
        using (var work = WorkFolder.Beside(Path.Combine(_folder["deep/er"], "net.onnx")))
            File.WriteAllText(work["half"], "of a file");
        Directory.GetFileSystemEntries(_folder["deep/er"]).ShouldBeEmpty();
        File.WriteAllText(_folder["file"], "");
        Should.Throw<IOException>(() => WorkFolder.Beside(Path.Combine(_folder["file"], "net.onnx")));
    }

    /// <summary>As a killed process leaves it: with a lock that nobody holds.</summary>
    private string Left(string name)
    {
        var path = Directory.CreateDirectory(_folder[name]).FullName;
        File.WriteAllText(Path.Combine(path, ".lock"), "");
        return path;
    }
}
