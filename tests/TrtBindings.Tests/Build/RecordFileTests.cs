using TrtBindings.Build;

namespace TrtBindings.Tests.Build;

/// <summary>Files of a build are written whole, and what a killed build left of one is removed by a later one.</summary>
public sealed class RecordFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("record-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Only_what_is_older_than_any_write_and_of_the_same_file_is_removed()
    {
        var (left, young, other) = (Left("models.txt"), Left("models.txt"), Left("classes.txt"));
        var user = Path.Combine(_folder, "models.txt.old.tmp");
        File.WriteAllText(user, "of the user");
        foreach (var file in new[] { left, other, user }) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-2));
        RecordFile.Replace(Path.Combine(_folder, "models.txt"), "a line", _folder);
        File.ReadAllText(Path.Combine(_folder, "models.txt")).ShouldBe("a line");
        (File.Exists(left), File.Exists(young), File.Exists(other)).ShouldBe((false, true, true));
        File.Exists(user).ShouldBeTrue();
        Directory.GetFiles(_folder).Length.ShouldBe(4);
    }

    private string Left(string name)
    {
        var path = Path.Combine(_folder, $"{name}.{Guid.NewGuid():N}.tmp");
        File.WriteAllText(path, "half a line");
        return path;
    }
}
