namespace TrtBindings.Graphs.Files;

/// <summary>
/// A folder beside a file that will be written, for what is not whole yet. A process that is killed leaves it behind, and the
/// next one that writes into the same folder removes it: the system releases the lock in it with the process that holds it.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string LockName = ".lock";

    private const string Ending = ".tmp";
    private const int Digits = 32;

    /// <summary>For folders whose lock says nothing. No conversion takes that long.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromDays(1);

    private readonly string _path;
    private readonly FileStream _lock;

    private WorkFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
        try
        {
            _lock = Hold(path, FileMode.CreateNew);
        }
        catch
        {
            Delete(path);
            throw;
        }
    }

    /// <summary>Makes one in the folder of a file, and removes those of processes that are gone.</summary>
    /// <param name="target">The file that will be written. Its folder is made if it is missing.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static WorkFolder Beside(string target)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        var work = new WorkFolder(Path.Combine(folder, $".{Guid.NewGuid():N}{Ending}"));
        work.RemoveOthers(folder);
        return work;
    }

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Removes the folder with what is left in it.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        Delete(_path);
    }

    private static FileStream Hold(string path, FileMode mode) =>
        new(Path.Combine(path, LockName), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);

    private static void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An error is being thrown already, or a scanner holds a file. The next one that writes here tries again.
        }
    }

    private void RemoveOthers(string folder)
    {
        try
        {
            string[] others =
            [
                .. Directory.GetDirectories(folder, ".*" + Ending)
                    .Where(other => other != _path && IsOurs(Path.GetFileName(other))),
            ];
            if (others.Length == 0) return;
            // Some network drives take every lock. There only the time tells who is gone.
            var isTold = !CanHold(_path);
            foreach (var other in others.Where(other => IsOld(other) || (isTold && CanHold(other)))) Delete(other);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be listed or looked at stays: it is no reason not to write.
        }
    }

    /// <summary>
    /// A dot, 32 digits and an ending: no user's folder has such a name. In a pattern of the system a ? may stand for nothing.
    /// </summary>
    private static bool IsOurs(string name) => name.Length == 1 + Digits + Ending.Length && name[0] == '.'
        && name.EndsWith(Ending, StringComparison.Ordinal) && name.Skip(1).Take(Digits).All(char.IsAsciiHexDigitLower);

    private static bool IsOld(string path) =>
        Directory.GetLastWriteTimeUtc(path) < DateTime.UtcNow - LeftBehind && CanHold(path, without: true);

    /// <summary>True if nobody holds the lock of a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="without">The answer where it has no lock: it was made this moment, or its process was killed then.</param>
    private static bool CanHold(string path, bool without = false)
    {
        try
        {
            using var held = Hold(path, FileMode.Open);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return without;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
