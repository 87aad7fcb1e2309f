using System.Reflection;

namespace TrtBindings.Build;

/// <summary>Follows symbolic links. The cache of a model hub consists of them.</summary>
internal static class FileLink
{
    /// <summary>Not in netstandard2.0, but in every .NET that <c>dotnet build</c> runs on.</summary>
    private static readonly MethodInfo? Resolve = typeof(FileSystemInfo).GetMethod("ResolveLinkTarget", [typeof(bool)]);

    /// <summary>The file behind a link, through any number of links; the path itself if it is no link or leads nowhere.</summary>
    public static string TargetOf(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || (file.Attributes & FileAttributes.ReparsePoint) == 0) return path;
        try
        {
            return Resolve?.Invoke(file, [true]) is FileSystemInfo target && target.Exists ? target.FullName : path;
        }
        catch (TargetInvocationException e) when (e.InnerException is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
