namespace TrtBindings.Build;

/// <summary>Lets one build at a time convert the models of a project: an editor may build it while a command line does.</summary>
internal sealed class FileTurn : IDisposable
{
    private readonly FileStream? _file;

    private FileTurn(FileStream? file) => _file = file;

    /// <summary>Waits for the turn. The system ends it with the process, whatever happens to that.</summary>
    /// <param name="path">A file that nobody else uses.</param>
    /// <param name="isCancelled">Ends the waiting.</param>
    public static FileTurn Wait(string path, Func<bool> isCancelled)
    {
        using var never = new ManualResetEvent(false);
        while (!isCancelled())
        {
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path))
            {
                never.WaitOne(200);
            }
        }

        return new(null);
    }

    public void Dispose() => _file?.Dispose();
}
