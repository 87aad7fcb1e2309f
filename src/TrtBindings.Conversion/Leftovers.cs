namespace TrtBindings.Conversion;

/// <summary>Folders that a conversion of before did not get to remove, because it was killed.</summary>
internal static class Leftovers
{
    /// <summary>Deletes them from the folder of a file to write.</summary>
    public static void Delete(string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder)) return;
        // The name that TrtBindings.Graphs gives the folder in which it works: ".", a number of 32 digits, ".tmp".
        foreach (var work in Directory.GetDirectories(folder, ".????????????????????????????????.tmp"))
        {
            try
            {
                Directory.Delete(work, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A scanner holds a file. The name says that it is temporary, and the next conversion tries again.
            }
        }
    }
}
